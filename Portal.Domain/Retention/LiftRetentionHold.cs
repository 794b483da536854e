using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>Says that something need not be kept any more.</summary>
/// <param name="Id">The hold.</param>
public sealed record LiftRetentionHold(Id<RetentionHold> Id)
{
    /// <summary>Decides on the events; lifting twice changes nothing.</summary>
    public static Result<IReadOnlyList<object>> Decide(RetentionHold state, LiftRetentionHold command, Id<User> by) => state switch
    {
        { Id: var id } when id == default => Problem.NotFound("hold"),
        { Lifted: true } => Result.Of<IReadOnlyList<object>>([]),
        _ => new object[] { new RetentionHoldLifted(command.Id, by) },
    };
}

/// <summary>Handles <see cref="LiftRetentionHold"/>: who placed it may, and administrators of the installation; in
/// person.</summary>
public sealed class LiftRetentionHoldHandler(Ledger ledger, Access access, AccountAccess standings, IDocuments documents)
{
    /// <summary>Lifts it; it holds nothing from then on. One that the caller may not see is NOT_FOUND.</summary>
    public async Task<Result<RetentionHoldView>> HandleAsync(Caller caller, LiftRetentionHold command, CancellationToken cancel)
    {
        if (await RefusalAsync(caller, command, cancel) is { } refusal) return refusal;
        var written = await ledger.ChangeAsync<RetentionHold>(caller, command.Id.Value,
            state => LiftRetentionHold.Decide(state, command, caller.User!.Value), cancel);
        if (!written.Ok) return Result.Refused<RetentionHoldView>(written.Problems);
        return (await documents.FindAsync<RetentionHoldView>(command.Id.ToString(), cancel))!;
    }

    private async Task<Problem?> RefusalAsync(Caller caller, LiftRetentionHold command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.KeepOwnRetentionHolds, "hold", cancel) is { } refusal) return refusal;
        var placed = await documents.FindAsync<RetentionHoldView>(command.Id.ToString(), cancel);
        if (placed is null || placed.PlacedBy == caller.User) return null;
        return await standings.AdministersAsync(caller.User!.Value, cancel) || await standings.AuditsAsync(caller, cancel)
            ? await access.RefusalAsync(caller, Operation.KeepRetentionHolds, "hold", cancel)
            : Problem.NotFound("hold");
    }
}

/// <summary>Lists holds: all of them for administrators and auditors of the installation, for everybody else those that they
/// placed.</summary>
public sealed class ListRetentionHoldsHandler(IDocuments documents, Access access, AccountAccess standings)
{
    /// <summary>A page, of all that ever were; the column is <c>placed_at</c>.</summary>
    public async Task<Result<DocumentPage<RetentionHoldView>>> HandleAsync(
        Caller caller, DocumentQuery query, CancellationToken cancel)
    {
        var all = caller.User is { } user
            && (await standings.AdministersAsync(user, cancel) || await standings.AuditsAsync(caller, cancel));
        var operation = all ? Operation.ListRetentionHolds : Operation.KeepOwnRetentionHolds;
        if (await access.RefusalAsync(caller, operation, "holds", cancel) is { } refusal) return refusal;
        if (!all) query = query with { Where = [.. query.Where, new("placed_by", Comparison.Equal, caller.User.ToString())] };
        return await documents.QueryAsync<RetentionHoldView>(query with { OrderBy = "placed_at" }, cancel);
    }
}
