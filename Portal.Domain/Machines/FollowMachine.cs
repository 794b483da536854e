using System.Runtime.CompilerServices;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>What became of a machine.</summary>
/// <param name="Machine">The machine as it is now.</param>
/// <param name="Position">Where to go on.</param>
public sealed record MachineChange(MachineView Machine, long Position);

/// <summary>Follows one machine, of a project of the caller's or shared with one.</summary>
public sealed class FollowMachineHandler(LiveEvents live, IDocuments documents, Access access)
{
    /// <summary>The machine as it is now, unless there is a position to go on after, and then again whenever something happens
    /// to it. A refusal is the last that comes.</summary>
    public async IAsyncEnumerable<Result<MachineChange>> HandleAsync(
        Caller caller, Id<Machine> id, long? after, [EnumeratorCancellation] CancellationToken cancel)
    {
        var begin = await live.BeginAsync(after, cancel);
        var found = begin.Ok ? await ReachAsync(caller, id, cancel) : Result.Refused<ReachedMachine>(begin.Problems);
        if (!found.Ok || after is null)
            yield return found.Then(reached => Result.Of(new MachineChange(reached.Machine, begin.Value)));
        if (!found.Ok) yield break;
        var stream = Ledger.StreamOf<Machine>(id.Value);
        await foreach (var batch in live.FollowAsync(
            caller, found.Value.Project, Operation.ShowMachines, "machine", begin.Value, cancel))
        {
            if (batch.Ok && batch.Value.All(recorded => recorded.Stream != stream)) continue;
            var now = batch.Ok ? await ReachAsync(caller, id, cancel) : Result.Refused<ReachedMachine>(batch.Problems);
            yield return now.Then(reached => Result.Of(new MachineChange(reached.Machine, batch.Value![^1].Position)));
            if (!now.Ok) yield break;
        }
    }

    private Task<Result<ReachedMachine>> ReachAsync(Caller caller, Id<Machine> id, CancellationToken cancel) =>
        MachineAccess.ReachAsync(documents, access, caller, id, Operation.ShowMachines, null, cancel);
}
