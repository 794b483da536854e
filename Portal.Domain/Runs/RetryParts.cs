using System.Globalization;

namespace Portal.Domain.Runs;

/// <summary>What a retry does with each part of a run, in plain words.</summary>
internal static class RetryParts
{
    /// <summary>The parts of a run that is over, in the order in which they are done.</summary>
    public static IReadOnlyList<RetryPart> Of(Run run)
    {
        var plan = run.Request.Plan;
        var parts = plan.Inputs.Select((input, index) => Input(run, NextAct.TransferKey("input", index), input.To)).ToList();
        if (plan.Code is { } code) parts.Add(Code(run.Code, code.To));
        parts.AddRange(plan.Steps.Zip(run.Steps, (step, state) => Step(state, step.Title)));
        parts.AddRange(plan.Outputs.Select((output, index) =>
            Output(run, NextAct.TransferKey("output", index), output.From, run.Outputs?[index])));
        return parts;
    }

    private static RetryPart Input(Run run, string key, string path)
    {
        var (action, words) = run.Transfers.GetValueOrDefault(key) switch
        {
            { Done: true } done => (RetryAction.Keep, $"Arrived whole, {Bytes(done.Bytes)}. Fetched again only if it is gone."),
            { Bytes: > 0 } begun => (RetryAction.Repeat, $"{Bytes(begun.Bytes)} of it arrived; it goes on from there."),
            { } => (RetryAction.Repeat, "Did not arrive; it is fetched."),
            null => (RetryAction.Begin, "Is fetched."),
        };
        return new(RetryPartKind.Input, key, path, action, words);
    }

    private static RetryPart Code(CodeState? code, string folder)
    {
        var (action, words) = code switch
        {
            { Staged: true } => (RetryAction.Keep, $"Stays at commit {Short(code)}. For changed code submit a new run."),
            { TreeHash: not null } => (RetryAction.Repeat, $"Is brought to the machine, at commit {Short(code)} as before."),
            { } => (RetryAction.Repeat, "Its commit is looked up anew, and fetched."),
            null => (RetryAction.Begin, "Its commit is looked up, and fetched."),
        };
        return new(RetryPartKind.Code, "code", folder, action, words);
    }

    private static RetryPart Step(StepState step, string title)
    {
        var again = $"Runs again, as attempt {step.Attempt + 1}.";
        var (action, words) = step switch
        {
            { Status: StepStatus.Succeeded } => (RetryAction.Keep, "Ended well; not run again as long as its files are there."),
            { InHand: true } => (RetryAction.Repeat, "Its job is looked up on the machine, and followed if it is there."),
            { Status: StepStatus.Waiting, Attempt: 0 } => (RetryAction.Begin, "Runs after those before it."),
            { Status: StepStatus.Waiting } => (RetryAction.Repeat, again),
            { Failure: { } failure } => (RetryAction.Repeat, $"{again} The last one: {failure.Message}"),
            { Status: StepStatus.Cancelled } => (RetryAction.Repeat, $"{again} The last one was cancelled."),
            _ => (RetryAction.Repeat, $"{again} The last one failed."),
        };
        return new(RetryPartKind.Step, step.Id, title, action, words);
    }

    private static RetryPart Output(Run run, string key, string path, FoundOutput? found)
    {
        var (action, words) = run.Transfers.GetValueOrDefault(key) switch
        {
            { Done: true } done => (RetryAction.Keep, $"Was sent whole, {Bytes(done.Bytes)}."),
            { Bytes: > 0 } begun => (RetryAction.Repeat, $"{Bytes(begun.Bytes)} of it were sent; it goes on from there."),
            { } => (RetryAction.Repeat, "Is sent."),
            null when found is { Size: not null } => (RetryAction.Begin, "Is sent."),
            null when found is not null && Retrying.AllMade(run) => (RetryAction.Keep, "Was not made, and need not be."),
            null when found is not null => (RetryAction.Repeat, "Was not made. Looked for again, and sent if it is there."),
            null => (RetryAction.Begin, "Is sent once the last step has ended well."),
        };
        return new(RetryPartKind.Output, key, path, action, words);
    }

    private static string Bytes(long count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "byte" : "bytes")}");

    private static string Short(CodeState code) => code.Commit.Length > 10 ? code.Commit[..10] : code.Commit;
}
