using System.Globalization;
using System.Runtime.CompilerServices;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>What is held, as far as runs are concerned.</summary>
/// <param name="Subjects">What is held.</param>
public sealed record HeldRuns(IReadOnlySet<(HeldKind Kind, Guid Subject)> Subjects)
{
    /// <summary>Whether a hold forbids that a run is archived.</summary>
    public bool Hold(RunView run) => Subjects.Contains((HeldKind.Run, run.Id.Value))
        || Subjects.Contains((HeldKind.Project, run.Project.Value)) || Subjects.Contains((HeldKind.Person, run.SubmittedBy.Value));
}

/// <summary>Knows what is held. Whoever erases asks here, in the turn of who decides on accounts.</summary>
public sealed class RetentionHolds(IDocuments documents, IEventStore store, IChance chance)
{
    /// <summary>The refusal to erase a person, naming a hold that forbids it: on themselves, on a project that they are in or
    /// submitted a run in, or on a run of theirs. Null where there is none.</summary>
    public async Task<Problem?> OnPersonAsync(Id<User> person, CancellationToken cancel)
    {
        var now = chance.Now;
        // The list of runs stands behind: what was submitted a moment ago must be in it.
        await documents.CaughtUpAsync<RunView>(await store.HighestPositionAsync(cancel), cancel);
        await foreach (var hold in OpenAsync(now, cancel))
            if (await BindsAsync(hold, person, cancel)) return Refusal(hold);
        return null;
    }

    /// <summary>Which runs may not be archived now: those that are held, of projects that are, and of persons that are.</summary>
    public async Task<HeldRuns> OnRunsAsync(CancellationToken cancel)
    {
        var held = new HashSet<(HeldKind, Guid)>();
        await foreach (var hold in OpenAsync(chance.Now, cancel)) held.Add((hold.Kind, hold.Subject));
        return new(held);
    }

    private async IAsyncEnumerable<RetentionHoldView> OpenAsync(
        DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (string? after = null; ;)
        {
            var open = await documents.QueryAsync<RetentionHoldView>(
                new([new("lifted", Comparison.Equal, false)], "placed_at", Limit: 200, After: after), cancel);
            foreach (var hold in open.Items.Where(hold => hold.HoldsAt(now))) yield return hold;
            if ((after = open.Next) is null) yield break;
        }
    }

    private async Task<bool> BindsAsync(RetentionHoldView hold, Id<User> person, CancellationToken cancel) => hold.Kind switch
    {
        HeldKind.Person => hold.Subject == person.Value,
        HeldKind.Run => await documents.FindAsync<RunView>(new Id<Run>(hold.Subject).ToString(), cancel) is { } run
            && run.SubmittedBy == person,
        _ => await IsOfAsync(new(hold.Subject), person, cancel),
    };

    private async Task<bool> IsOfAsync(Id<Project> project, Id<User> person, CancellationToken cancel) =>
        await documents.FindAsync<Membership>(Membership.IdOf(project, person), cancel) is not null
        || (await documents.QueryAsync<RunView>(new(
            [new("project", Comparison.Equal, project.ToString()), new("submitted_by", Comparison.Equal, person.ToString())],
            Limit: 1), cancel)).Items.Count > 0;

    private static Problem Refusal(RetentionHoldView hold) => new("HELD",
        $"The hold {hold.Id} of {hold.PlacedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} on "
        + $"{(hold.Kind == HeldKind.Person ? "this person" : $"a {hold.Kind.ToString().ToLowerInvariant()} of theirs")} forbids it: "
        + hold.Reason, "person", Advice: "Lift the hold first, if what it is for is over.");
}
