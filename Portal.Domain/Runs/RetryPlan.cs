using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.Runs;

/// <summary>What a part of a run is.</summary>
public enum RetryPartKind
{
    /// <summary>A file that is fetched.</summary>
    Input,
    /// <summary>The code.</summary>
    Code,
    /// <summary>A step.</summary>
    Step,
    /// <summary>A file that is sent.</summary>
    Output,
}

/// <summary>What a retry does with a part of a run.</summary>
public enum RetryAction
{
    /// <summary>It went well and is not done again, as long as it is still there.</summary>
    Keep,
    /// <summary>It was begun before: it is done again, or gone on with.</summary>
    Repeat,
    /// <summary>It was never begun; its turn comes.</summary>
    Begin,
}

/// <summary>A part of a run, and what a retry does with it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Id of the step, key of the transfer, or <c>code</c>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Action">What is done with it.</param>
/// <param name="Words">The same in a sentence or two.</param>
public sealed record RetryPart(RetryPartKind Kind, string Id, string Title, RetryAction Action, string Words);

/// <summary>What a retry of a run would do.</summary>
/// <param name="From">The phase in which the run would go on.</param>
/// <param name="Steps">Steps that would get another attempt.</param>
/// <param name="Parts">Everything of the run, in the order in which it is done.</param>
public sealed record RetryPlan(Phase From, IReadOnlyList<string> Steps, IReadOnlyList<RetryPart> Parts)
{
    /// <summary>The plan for a run as it is, or why it cannot be retried.</summary>
    public static Result<RetryPlan> Of(Run run)
    {
        if (RetryRun.Refusal(run) is { } refusal) return refusal;
        string[] steps = [.. run.Steps.Where(Ended).Select(step => step.Id)];
        var from = NextAct.Onward(Retrying.Resumed(run, steps)) switch
        {
            Act.FetchInputs => Phase.FetchingInputs,
            Act.FetchCode => Phase.FetchingCode,
            Act.StageCode => Phase.StagingIn,
            Act.AskApproval or Act.AwaitApproval => Phase.AwaitingApproval,
            Act.SubmitStep or Act.LookUp or Act.Watch => Phase.Queued,
            Act.Upload => Phase.Uploading,
            _ => Phase.Collecting,
        };
        return new RetryPlan(from, steps, RetryParts.Of(run));
    }

    private static bool Ended(StepState step) => step.Status is StepStatus.Failed or StepStatus.Cancelled;
}

/// <summary>Shows what a retry of a run would do.</summary>
public sealed class PlanRetryHandler(RunAccess runs)
{
    /// <summary>The plan, why there is none, or NOT_FOUND.</summary>
    public async Task<Result<RetryPlan>> HandleAsync(Caller caller, Id<Run> id, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, id, Operation.ShowRuns, cancel);
        return found.Then(run => RetryPlan.Of(run.State));
    }
}
