using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.Runs;

/// <summary>Ends a run, whatever it is doing; nothing of it is left running.</summary>
public sealed record CancelRun(Id<Run> Id)
{
    /// <summary>Decides on the events; asking twice, or asking after the end, changes nothing.</summary>
    public static Result<IReadOnlyList<object>> Decide(Run state, CancelRun command, Id<User> requestedBy) =>
        state.Phase.IsFinal() || state.Cancelling
            ? Result.Of<IReadOnlyList<object>>([])
            : new object[] { new CancelRequested(command.Id, requestedBy) };
}

/// <summary>Handles <see cref="CancelRun"/>: one's own runs with the right to submit, others' with that of a maintainer.</summary>
public sealed class CancelRunHandler(Ledger ledger, RunAccess runs)
{
    /// <summary>Asks for the end; the worker sees to it.</summary>
    public async Task<Result<Run>> HandleAsync(Caller caller, CancelRun command, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, command.Id,
            run => run.SubmittedBy == caller.User ? Operation.CancelOwnRun : Operation.CancelOthersRun, cancel);
        if (!found.Ok) return Result.Refused<Run>(found.Problems);
        return await ledger.ChangeAsync<Run>(caller, command.Id.Value, state => CancelRun.Decide(state, command, caller.User!.Value), cancel);
    }
}
