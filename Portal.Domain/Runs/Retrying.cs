namespace Portal.Domain.Runs;

/// <summary>How a retry, and what was found after it, change a run.</summary>
internal static class Retrying
{
    /// <summary>The run with its end taken back: what went well is kept, and looked for before it is relied on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="steps">Those that get another attempt.</param>
    public static Run Resumed(Run run, IReadOnlyList<string> steps)
    {
        // A commit that was never fetched served nothing yet: its ref is looked up anew, where what was missing may be by now.
        var code = run.Code is { TreeHash: not null } fetched ? fetched : null;
        return run with
        {
            Hold = Hold.None, HeldBy = null, Failure = null, EndedAt = null, CancelRequestedBy = null, Postponed = null,
            Steps = Again(run, steps), Code = code, Approval = Approving.Again(run.Approval),
            Outputs = AllMade(run) ? run.Outputs : null,
            Unchecked = code is { Staged: true } || run.Transfers.Values.Any(transfer => transfer.Done)
                || run.Steps.Any(step => step.Status == StepStatus.Succeeded),
        };
    }

    /// <summary>The run without what was not found on its machine.</summary>
    public static Run Without(Run run, KeptChecked check)
    {
        // What a step makes anew is sent anew.
        var made = check.GoneSteps.Count > 0;
        return run with
        {
            Unchecked = false, Steps = Again(run, check.GoneSteps), Outputs = made ? null : run.Outputs,
            Code = check.GoneCode && run.Code is { } code ? code with { Staged = false } : run.Code,
            Transfers = run.Transfers.ToDictionary(pair => pair.Key, pair => check.GoneTransfers.Contains(pair.Key)
                || (made && pair.Key.StartsWith("output", StringComparison.Ordinal)) ? Begun(pair.Value) : pair.Value),
        };
    }

    /// <summary>Whether every output that there must be was found.</summary>
    public static bool AllMade(Run run) => run.Outputs is { } found
        && run.Request.Plan.Outputs.Zip(found).All(output => output.First.Optional || output.Second.Size is not null);

    private static TransferState Begun(TransferState transfer) =>
        transfer with { Bytes = 0, Sha256 = null, EndedAt = null, Most = 0 };

    private static IReadOnlyList<StepState> Again(Run run, IReadOnlyList<string> steps) => [.. run.Steps.Select(step =>
        steps.Contains(step.Id) ? new StepState(step.Id, StepStatus.Waiting, step.Attempt) { Earlier = step.Attempt } : step)];
}
