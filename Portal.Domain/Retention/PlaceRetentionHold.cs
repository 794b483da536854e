using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>Says that something is to be kept as it is.</summary>
/// <param name="Id">The hold's id, chosen by the caller: twice with the same id makes one.</param>
/// <param name="Kind">What it is on.</param>
/// <param name="Subject">Which one.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">From when on it holds nothing; null until it is lifted.</param>
public sealed record PlaceRetentionHold(
    Id<RetentionHold> Id, HeldKind Kind, Guid Subject, string Reason, DateTimeOffset? Until)
{
    /// <summary>Most characters of a reason.</summary>
    public const int LongestReason = 500;

    /// <summary>Decides on the events, or says what is wrong.</summary>
    /// <param name="state">The hold.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="by">Who wants it.</param>
    /// <param name="now">The time.</param>
    public static Result<IReadOnlyList<object>> Decide(
        RetentionHold state, PlaceRetentionHold command, Id<User> by, DateTimeOffset now)
    {
        if (state.Id != default) return Result.Of<IReadOnlyList<object>>([]);
        var reason = command.Reason.Trim();
        if (reason.Length is 0 or > LongestReason || reason.Any(char.IsControl))
            return Problem.Invalid("reason", $"A reason has 1 to {LongestReason} characters, in one line.",
                "Say what it is for: a number of a case, an audit. Names of people do not belong there: the words stay for ever.");
        if (command.Until <= now)
            return Problem.Invalid("until", "That moment is over.", "Choose a later one, or none to hold until it is lifted.");
        return new object[]
        {
            new RetentionHoldPlaced(command.Id, command.Kind, command.Subject, reason, command.Until, by),
        };
    }
}

/// <summary>Handles <see cref="PlaceRetentionHold"/>: administrators of the installation may, and owners of the project that it
/// is on, or that the run is in; in person.</summary>
public sealed class PlaceRetentionHoldHandler(Ledger ledger, Access access, AccountAccess standings, IAccounts accounts,
    IDocuments documents, IEventStore store, IChance chance)
{
    /// <summary>Places it; it holds from then on. What is not there, or erased, is NOT_FOUND.</summary>
    public async Task<Result<RetentionHoldView>> HandleAsync(Caller caller, PlaceRetentionHold command, CancellationToken cancel)
    {
        if (await RefusalAsync(caller, command, cancel) is { } refusal) return refusal;
        // Whoever erases has their turn before or after: nothing is erased beside a hold that was just placed.
        await using var turn = await accounts.TakeTurnAsync(cancel);
        if (!await IsThereAsync(command, cancel)) return Problem.NotFound(command.Kind.ToString().ToLowerInvariant());
        var written = await ledger.ChangeAsync<RetentionHold>(caller, command.Id.Value,
            state => PlaceRetentionHold.Decide(state, command, caller.User!.Value, chance.Now), cancel);
        if (!written.Ok) return Result.Refused<RetentionHoldView>(written.Problems);
        return (await documents.FindAsync<RetentionHoldView>(command.Id.ToString(), cancel))!;
    }

    private async Task<Problem?> RefusalAsync(Caller caller, PlaceRetentionHold command, CancellationToken cancel)
    {
        if (caller.User is not { } user) return Problem.NotFound("hold");
        if (command.Kind == HeldKind.Person || await standings.AdministersAsync(user, cancel))
            return await access.RefusalAsync(caller, Operation.KeepRetentionHolds, "hold", cancel);
        var what = command.Kind.ToString().ToLowerInvariant();
        var project = command.Kind == HeldKind.Project
            ? new Id<Project>(command.Subject) : (await RunAsync(command, cancel))?.Project;
        return project is { } place
            ? await access.RefusalAsync(caller, place, Operation.PlaceRetentionHold, what, cancel)
            : Problem.NotFound(what);
    }

    private async Task<RunView?> RunAsync(PlaceRetentionHold command, CancellationToken cancel)
    {
        await documents.CaughtUpAsync<RunView>(await store.HighestPositionAsync(cancel), cancel);
        return await documents.FindAsync<RunView>(new Id<Run>(command.Subject).ToString(), cancel);
    }

    private async Task<bool> IsThereAsync(PlaceRetentionHold command, CancellationToken cancel)
    {
        switch (command.Kind)
        {
            case HeldKind.Person:
                var person = new Id<User>(command.Subject);
                return await accounts.FindAsync(person, cancel) is not null
                    && await documents.FindAsync<AccountStanding>(person.ToString(), cancel) is not { Erased: true };
            case HeldKind.Project:
                return await documents.FindAsync<QuotaView>(new Id<Project>(command.Subject).ToString(), cancel) is not null;
            default:
                return await RunAsync(command, cancel) is not null;
        }
    }
}
