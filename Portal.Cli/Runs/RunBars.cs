using Portal.Cli.Output;
using Spectre.Console;

namespace Portal.Cli.Runs;

/// <summary>A run as progress bars: one a transfer, one for the code, one a step, one for the phase.</summary>
public sealed class RunBars(ProgressContext progress)
{
    private readonly Dictionary<string, ProgressTask> bars = [];

    /// <summary>Brings the bars up to date with the run.</summary>
    public void Show(Run run)
    {
        var over = run.EndedAt is not null;
        foreach (var input in run.Transfers.Where(IsInput)) Transfer(input, over);
        if (run.Code is { } code) Set("code", $"code      {Print.Marked(code.ShortCommit)}", code.Staged ? 1 : 0.5, 1, over);
        foreach (var step in run.Steps) Step(step, over);
        foreach (var output in run.Transfers.Where(transfer => !IsInput(transfer))) Transfer(output, over);
        Set("phase", $"[bold]{Print.Marked(run.State)}[/]", over ? 1 : 0, 1, over);
    }

    private static bool IsInput(Transfer transfer) => transfer.Key.StartsWith("input", StringComparison.Ordinal);

    private void Transfer(Transfer transfer, bool over)
    {
        var part = transfer.Total is > 0 and { } total ? (double)transfer.Bytes / total : 0;
        var (kind, name) = (IsInput(transfer) ? "input " : "output", Print.Marked(Path.GetFileName(transfer.Source)));
        Set(transfer.Key, $"{kind}    {name} [dim]{Print.Bytes(transfer.Bytes)}[/]",
            transfer.Done ? 1 : part, 1, over || transfer.Done);
    }

    private void Step(Step step, bool over)
    {
        var (ended, all) = (step.Tasks?.Ended ?? 0, Math.Max(1, step.Tasks?.Total ?? 1));
        var job = step.JobId is { } number ? $" [dim]job {Print.Marked(number)}[/]" : "";
        var count = all > 1 ? $" [dim]{ended}/{all}[/]" : "";
        Set($"step {step.Id}", $"step      {Print.Marked(step.Id)} {Coloured(step.Status)}{count}{job}",
            step.Status == "SUCCEEDED" ? all : ended, all,
            over || step.Status is "SUCCEEDED" or "FAILED" or "CANCELLED");
    }

    private static string Coloured(string status)
    {
        var colour = status switch { "SUCCEEDED" => "green", "FAILED" => "red", "WAITING" => "dim", _ => "blue" };
        return $"[{colour}]{Print.Marked(status.ToLowerInvariant())}[/]";
    }

    private void Set(string key, string words, double value, double most, bool stop)
    {
        if (!bars.TryGetValue(key, out var bar)) bars[key] = bar = progress.AddTask(words, maxValue: most);
        bar.Description = words;
        bar.MaxValue = most;
        bar.Value = value;
        if (stop && !bar.IsFinished) bar.StopTask();
    }
}
