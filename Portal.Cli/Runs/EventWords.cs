using System.Text.Json;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary>Events of a run in plain words, for logs.</summary>
public static class EventWords
{
    /// <summary>A line about the event; empty for what only clutters.</summary>
    public static string Of(RecordedEvent recorded) => Of(recorded.Type, recorded.Body);

    private static string Of(string type, JsonElement body) => type switch
    {
        "run_submitted" => $"submitted: {body.Text("name")} on {body.Text("machineName")}",
        "phase_entered" => $"phase {body.Text("phase")}",
        "transfer_started" => $"{body.Text("transfer")}: {body.Text("source")} to {body.Text("target")}",
        "transfer_progressed" => $"{body.Text("transfer")}: {Print.Bytes(body.Number("bytes") ?? 0)}"
            + (body.Number("total") is { } total ? $" of {Print.Bytes(total)}" : ""),
        "transfer_completed" =>
            $"{body.Text("transfer")}: arrived, {Print.Bytes(body.Number("bytes") ?? 0)}, sha256 {body.Text("sha256")}",
        "code_resolved" => $"code: {body.Text("url")} {body.Text("ref")} is commit {body.Text("commit")}",
        "code_staged" => "code: on the machine",
        "job_submitted" => $"step {body.Text("step")}: job {body.Text("jobId")}",
        "job_observed" => $"step {body.Text("step")}: {body.Text("state")}{Tasks(body)}{Reason(body)}",
        "step_ended" => $"step {body.Text("step")}: {body.Text("outcome")}{Cause(body)}",
        "attempt_postponed" => $"{body.Text("act")}: tried again at {body.Text("until")}{Cause(body)}",
        "run_held" => $"on hold, {body.Text("hold")}{Cause(body)}",
        "run_released" => "goes on",
        "run_approval_asked" =>
            $"waits for approval: {string.Join(", ", Names(body, "reasons"))}, sha256 {body.Text("hash")}",
        "run_approved" => $"approved{Comment(body)}",
        "run_approval_refused" => $"not approved{Comment(body)}",
        "cancel_requested" => "cancel requested",
        "run_succeeded" => "succeeded",
        "run_failed" => $"failed{Cause(body)}",
        "run_cancelled" => "cancelled",
        "run_retried" => $"retried: goes on, {body.Text("from")}",
        "kept_checked" => Gone(body) is { Length: > 0 } gone ? $"gone from the machine, made again: {gone}" : "",
        _ => "",
    };

    private static string Tasks(JsonElement body) => body.Child("tasks") is { } tasks
        ? $", tasks: {tasks.Text("pending")} waiting, {tasks.Text("running")} running, {tasks.Text("succeeded")} done, "
            + $"{tasks.Text("failed")} failed"
        : "";

    private static string Gone(JsonElement body) => string.Join(", ", [.. Names(body, "goneTransfers"),
        .. body.Child("goneCode") is { ValueKind: JsonValueKind.True } ? ["code"] : Array.Empty<string>(), .. Names(body, "goneSteps")]);

    private static IEnumerable<string> Names(JsonElement body, string list) =>
        body.Child(list) is { ValueKind: JsonValueKind.Array } names ? names.EnumerateArray().Select(name => $"{name}") : [];

    private static string Comment(JsonElement body) => body.Text("comment") is { Length: > 0 } comment ? $": {comment}" : "";

    private static string Reason(JsonElement body) => body.Text("reason") is { Length: > 0 } reason ? $" ({reason})" : "";

    private static string Cause(JsonElement body) => body.Child("failure") is { } failure
        ? $": {failure.Text("name")}: {failure.Text("message")} {failure.Text("advice")}".TrimEnd()
        : "";
}
