namespace Portal.Domain.Runs;

/// <summary>What is to be done next for a run.</summary>
public abstract record Act
{
    private Act() { }

    /// <summary>See whether what a retry keeps is still on the machine.</summary>
    public sealed record CheckKept : Act;

    /// <summary>Move these inputs, given by their places in the plan.</summary>
    public sealed record FetchInputs(IReadOnlyList<int> Inputs) : Act;

    /// <summary>Look up the commit and fetch the folder.</summary>
    public sealed record FetchCode : Act;

    /// <summary>Find out whether somebody has to look at the run.</summary>
    public sealed record AskApproval : Act;

    /// <summary>Wait until somebody has looked.</summary>
    public sealed record AwaitApproval : Act;

    /// <summary>Bring the code to the machine.</summary>
    public sealed record StageCode : Act;

    /// <summary>Hand the step to the scheduler.</summary>
    public sealed record SubmitStep(StepState Step) : Act;

    /// <summary>Find out whether the scheduler has the step, by its key.</summary>
    public sealed record LookUp(StepState Step) : Act;

    /// <summary>Wait for the step's job.</summary>
    public sealed record Watch(StepState Step) : Act;

    /// <summary>Ask the scheduler to end the step's job, then wait for it.</summary>
    public sealed record CancelStep(StepState Step) : Act;

    /// <summary>Look for the outputs and take the logs.</summary>
    public sealed record Collect : Act;

    /// <summary>Move these outputs, given by their places in the plan.</summary>
    public sealed record Upload(IReadOnlyList<int> Outputs) : Act;

    /// <summary>Write the end.</summary>
    public sealed record Finish(object Event) : Act;

    /// <summary>Nothing: the run is over.</summary>
    public sealed record Rest : Act;
}

/// <summary>Decides what comes next, from what happened alone.</summary>
public static class NextAct
{
    /// <summary>How often a step is submitted, from the beginning or a retry on, when nothing but the machine's nodes is to blame.</summary>
    public const int MostAttempts = 3;

    /// <summary>The next act of a run.</summary>
    public static Act Of(Run run)
    {
        if (run.Submitted is null || run.Phase.IsFinal()) return new Act.Rest();
        var step = run.PresentStep;
        if (run.Cancelling)
        {
            return step switch
            {
                { Status: StepStatus.Submitting or StepStatus.Unclear } => new Act.LookUp(step),
                { InHand: true } => new Act.CancelStep(step),
                _ => new Act.Finish(new RunCancelled(run.Request.RunId)),
            };
        }
        return Approving.Next(run) ?? (run.Unchecked ? new Act.CheckKept() : Onward(run));
    }

    /// <summary>The next act of a run that nobody wants to end, whatever its phase.</summary>
    internal static Act Onward(Run run)
    {
        if (Approving.Next(run) is { } first) return first;
        var (plan, step) = (run.Request.Plan, run.PresentStep);
        var missing = Missing(run, "input", plan.Inputs.Count);
        if (missing.Count > 0) return new Act.FetchInputs(missing);
        if (plan.Code is not null && run.Code is not { Staged: true })
            return run.Code?.TreeHash is null ? new Act.FetchCode() : new Act.StageCode();
        if (step is not null)
        {
            return step.Status switch
            {
                StepStatus.Waiting => new Act.SubmitStep(step),
                StepStatus.Submitting or StepStatus.Unclear => new Act.LookUp(step),
                StepStatus.Queued or StepStatus.Running => new Act.Watch(step),
                StepStatus.Failed when step.Attempt - step.Earlier < MostAttempts && step.Failure?.Name is FailureName.NodeFailure or FailureName.Preempted =>
                    new Act.SubmitStep(step),
                StepStatus.Cancelled => new Act.Finish(new RunFailed(run.Request.RunId, step.Failure
                    ?? new(FailureName.CancelledBySite, $"The job of step {step.Id} was cancelled on the machine."))),
                _ => new Act.Finish(new RunFailed(run.Request.RunId, step.Failure
                    ?? new(FailureName.ExitCode, $"Step {step.Id} failed."))),
            };
        }
        if (run.Outputs is null) return new Act.Collect();
        var absent = plan.Outputs.Where((output, index) => !output.Optional && run.Outputs[index].Size is null).ToList();
        if (absent.Count > 0)
        {
            return new Act.Finish(new RunFailed(run.Request.RunId, new(FailureName.OutputMissing,
                $"The last step ended well, but {absent[0].From} was not made.", string.Join("\n", absent.Select(output => output.From)),
                "Look at the steps' logs, and whether the paths under outputs are those that the steps write.")));
        }
        var unsent = Missing(run, "output", plan.Outputs.Count).Where(index => run.Outputs[index].Size is not null).ToList();
        return unsent.Count > 0 ? new Act.Upload(unsent) : new Act.Finish(new RunSucceeded(run.Request.RunId));
    }

    /// <summary>The key of a transfer in a run's events.</summary>
    public static string TransferKey(string kind, int index) => $"{kind}-{index}";

    private static List<int> Missing(Run run, string kind, int count) => [.. Enumerable.Range(0, count)
        .Where(index => !run.Transfers.TryGetValue(TransferKey(kind, index), out var transfer) || !transfer.Done)];
}
