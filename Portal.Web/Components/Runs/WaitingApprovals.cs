using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Web.Accounts;

namespace Portal.Web.Components.Runs;

/// <summary>How many runs wait for a decision of who looks at the page. One for each circuit.</summary>
public sealed class WaitingApprovals(CallerFactory callers, MyApprovalsHandler mine, IDocuments documents, IEventStore store)
{
    private HashSet<string> streams = [];

    /// <summary>Those that they could approve.</summary>
    public int Count { get; private set; }

    /// <summary>It is another number now.</summary>
    public event Action? Changed;

    /// <summary>Looks anew, and counts.</summary>
    /// <param name="live">Whether who asks follows events from now on: the list stands behind, and what it does not know yet has
    /// happened before.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyList<WaitingRun>> LookAsync(bool live, CancellationToken cancel)
    {
        if (live) await documents.CaughtUpAsync<RunView>(await store.HighestPositionAsync(cancel), cancel);
        var waiting = await mine.HandleAsync(await callers.PageAsync(), cancel);
        streams = [.. waiting.Select(one => Ledger.StreamOf<Run>(one.Run.Id.Value))];
        var count = waiting.Count(one => one.Approves);
        if (count != Count)
        {
            Count = count;
            Changed?.Invoke();
        }
        return waiting;
    }

    /// <summary>Whether an event may change what waits. Runs end all the time: only those that wait matter.</summary>
    public bool Concerns(Recorded recorded) => recorded.Body switch
    {
        ApprovalAsked or RunApproved or ApprovalRefused or MemberAdded or MemberRemoved or ApprovalRulesChanged => true,
        CancelRequested or RunFailed or RunCancelled => streams.Contains(recorded.Stream),
        _ => false,
    };
}
