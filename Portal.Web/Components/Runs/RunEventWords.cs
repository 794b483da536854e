using System.Text.Encodings.Web;
using System.Text.Json;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Runs;

/// <summary>An event of a run in a few words, and its body as text.</summary>
public static class RunEventWords
{
    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A few words; empty for an event that this build does not know.</summary>
    /// <param name="body">The event.</param>
    /// <param name="run">The run, for the names of its files.</param>
    public static string Of(object body, Run run) => body switch
    {
        RunSubmitted submitted => $"{submitted.Name} on {submitted.MachineName}",
        LeaseGranted lease => $"until {Format.Exact(lease.Until)}",
        LeaseEnded lease => lease.Reason,
        PhaseEntered entered => States.Of(entered.Phase.ToString()).Word,
        TransferStarted started => $"{File(started.Transfer, run)}{(started.Attempt > 1 ? $", attempt {started.Attempt}" : "")}",
        TransferProgressed progressed => $"{File(progressed.Transfer, run)}: {Format.Bytes(progressed.Bytes)}"
            + (progressed.Total is { } total ? $" of {Format.Bytes(total)}" : ""),
        TransferCompleted completed => $"{File(completed.Transfer, run)}: {Format.Bytes(completed.Bytes)}"
            + (completed.Reused ? ", was there already" : ""),
        CodeResolved resolved => $"{resolved.Ref ?? "default branch"} is {Short(resolved.Commit)}",
        CodeFetched fetched => $"{Format.Count(fetched.Files)} files, {Format.Bytes(fetched.Bytes)}",
        CodeStaged staged => Short(staged.Commit),
        StepSubmitting step => $"{step.Step}, attempt {step.Attempt}",
        StepSubmissionUnclear step => $"{step.Step}: {step.Words}",
        StepNotSubmitted step => step.Step,
        JobSubmitted job => $"{job.Step} is job {job.JobId}",
        JobObserved seen => $"{seen.Step}: {seen.Word}{(seen.Reason is null ? "" : $", {seen.Reason}")}",
        StepEnded ended => $"{ended.Step}: {ended.Outcome}{(ended.ExitCode is { } code ? $", exit code {code}" : "")}",
        OutputsFound found => $"{found.Outputs.Count(output => output.Size is not null)} of {found.Outputs.Count}",
        AttemptPostponed postponed => $"{postponed.Act}: {postponed.Failure.Message}",
        RunHeld held => held.Failure.Message,
        RunRetried retried => $"goes on: {States.Of(retried.From.ToString()).Word.ToLowerInvariant()}"
            + (retried.Steps.Count > 0 ? $", {string.Join(", ", retried.Steps)} again" : ""),
        CredentialUsed used => $"key used to {States.Words(used.Use.ToString()).ToLowerInvariant()}{(used.Step is null ? "" : $" {used.Step}")}",
        KeptChecked check => Gone(check) is { Length: > 0 } gone ? $"gone: {gone}" : "all there",
        ApprovalDemanded => "the project wants a second look at some runs",
        ApprovalAsked asked => string.Join(", ", asked.Reasons.Select(ApprovalWords.Reason)),
        ApprovalPassed => "nothing new: nobody is asked",
        RunApproved approved => approved.Comment ?? "",
        ApprovalRefused refused => refused.Comment ?? "",
        RunFailed failed => $"{States.Words(failed.Failure.Name.ToString())}: {failed.Failure.Message}",
        _ => "",
    };

    /// <summary>The tone of its mark.</summary>
    public static string Tone(object body) => body switch
    {
        RunFailed or RunHeld or ApprovalRefused or StepEnded { Outcome: "failed" } => "bad",
        AttemptPostponed or StepSubmissionUnclear or CancelRequested or ApprovalAsked => "wait",
        RunSucceeded or RunApproved or TransferCompleted or StepEnded { Outcome: "succeeded" } => "good",
        PhaseEntered or RunSubmitted or RunRetried => "going",
        _ => "neutral",
    };

    /// <summary>The body, indented; as it stands where it is no JSON.</summary>
    public static string Body(Recorded recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        try
        {
            using var document = JsonDocument.Parse(recorded.Text);
            return JsonSerializer.Serialize(document.RootElement, Indented);
        }
        catch (JsonException)
        {
            return recorded.Text;
        }
    }

    // "input-0" is a word for programs; people know the file by its name.
    private static string File(string transfer, Run run) =>
        run.Transfers.TryGetValue(transfer, out var known) ? known.Source.TrimEnd('/').Split('/')[^1] : transfer;

    private static string Gone(KeptChecked check) =>
        string.Join(", ", [.. check.GoneTransfers, .. check.GoneCode ? ["code"] : Array.Empty<string>(), .. check.GoneSteps]);

    private static string Short(string commit) => commit.Length > 10 ? commit[..10] : commit;
}
