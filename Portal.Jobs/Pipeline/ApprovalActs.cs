using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>Asks for the second look that a project wants at a run, and sees to it that nothing else runs than what was looked
/// at. None of it speaks to the machine.</summary>
internal sealed class ApprovalActs(JudgeApproval judge)
{
    /// <summary>Finds out whether somebody has to be asked, and writes that.</summary>
    public async Task AskAsync(RunLog log, CancellationToken interrupt, CancellationToken stop)
    {
        var fact = await judge.OfAsync(log.State, interrupt);
        await log.WriteAsync(state => state.Approval is not { Stage: ApprovalStage.Due } || state.Cancelling ? []
            : fact is ApprovalAsked ? Facts.With(state, Phase.AwaitingApproval, fact)
            : Facts.With(state, state.Phase, fact), stop);
    }

    /// <summary>Goes over what is about to be sent to the machine, or to its scheduler.</summary>
    /// <param name="run">The run.</param>
    /// <param name="files">The digest of its code's files as they are now; null for the one noted when they were fetched.</param>
    /// <exception cref="PlaceException">It is not what was approved.</exception>
    public static void Check(Run run, string? files = null)
    {
        if (Approving.Difference(run, files) is { } failure) throw new PlaceException(FaultKind.Final, failure);
    }
}
