using System.Diagnostics;
using System.Text.Json;
using Portal.Cli.Http;
using Portal.Cli.Output;
using Spectre.Console;

namespace Portal.Cli.Runs;

/// <summary>A run as progress bars: one a transfer, one for the code, one a step.</summary>
public sealed class RunBars(ProgressContext progress)
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, ProgressTask> bars = [];
    private long shown;

    /// <summary>Whether the last look was long enough ago for another.</summary>
    public bool IsDue => Stopwatch.GetElapsedTime(shown) >= Least;

    /// <summary>Brings the bars up to date with the run.</summary>
    public void Show(JsonElement run)
    {
        shown = Stopwatch.GetTimestamp();
        var over = run.Text("endedAt").Length > 0;
        var transfers = run.Entries("transfers").ToList();
        foreach (var input in transfers.Where(transfer => transfer.Text("key").StartsWith("input", StringComparison.Ordinal))) Transfer(input, over);
        if (run.Child("code") is { } code)
            Set("code", $"code      {code.Text("commit")[..Math.Min(10, code.Text("commit").Length)]}", code.Text("staged") == "true" ? 1 : 0.5, 1, over);
        foreach (var step in run.Entries("steps")) Step(step, over);
        foreach (var output in transfers.Where(transfer => transfer.Text("key").StartsWith("output", StringComparison.Ordinal))) Transfer(output, over);
        Set("phase", $"[bold]{Words(run)}[/]", over ? 1 : 0, 1, over);
    }

    private static string Words(JsonElement run) => Print.Marked(run.Text("hold") is "None" or "" ? run.Text("phase") : $"{run.Text("phase")}, {run.Text("hold")}");

    private void Transfer(JsonElement transfer, bool over)
    {
        var name = Path.GetFileName(transfer.Text("source"));
        var bytes = transfer.Number("bytes") ?? 0;
        var total = transfer.Number("total") ?? bytes;
        var done = transfer.Text("sha256").Length > 0;
        var kind = transfer.Text("key").StartsWith("input", StringComparison.Ordinal) ? "input " : "output";
        Set(transfer.Text("key"), $"{kind}    {Print.Marked(name)} [dim]{Print.Bytes(bytes)}[/]", done ? 1 : total > 0 ? bytes / total : 0, 1, over || done);
    }

    private void Step(JsonElement step, bool over)
    {
        var status = step.Text("status");
        var (ended, all) = (0.0, 1.0);
        if (step.Child("tasks") is { } tasks)
        {
            ended = (tasks.Number("succeeded") ?? 0) + (tasks.Number("failed") ?? 0) + (tasks.Number("cancelled") ?? 0);
            all = Math.Max(1, ended + (tasks.Number("pending") ?? 0) + (tasks.Number("running") ?? 0));
        }
        var job = step.Text("jobId") is { Length: > 0 } number ? $" [dim]job {Print.Marked(number)}[/]" : "";
        var count = all > 1 ? $" [dim]{ended:0}/{all:0}[/]" : "";
        Set("step " + step.Text("id"), $"step      {Print.Marked(step.Text("id"))} {Coloured(status)}{count}{job}", status == "Succeeded" ? all : ended, all,
            over || status is "Succeeded" or "Failed" or "Cancelled");
    }

    private static string Coloured(string status) => status switch
    {
        "Succeeded" => "[green]succeeded[/]",
        "Failed" => "[red]failed[/]",
        "Waiting" => "[dim]waiting[/]",
        _ => $"[blue]{Print.Marked(status.ToLowerInvariant())}[/]",
    };

    private void Set(string key, string words, double value, double most, bool stop)
    {
        if (!bars.TryGetValue(key, out var bar)) bars[key] = bar = progress.AddTask(words, maxValue: most);
        bar.Description = words;
        bar.MaxValue = most;
        bar.Value = value;
        if (stop && !bar.IsFinished) bar.StopTask();
    }
}
