using System.CommandLine;
using System.Text.Json;
using Portal.Cli.Http;
using Portal.Cli.Output;
using Spectre.Console;

namespace Portal.Cli.Runs;

/// <summary><c>portal run watch</c>: shows a run until it ends; the exit code tells how it ended.</summary>
public static class WatchCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var run = RunCommands.Run();
        return new Command("watch", "Watch a run until it ends; exit code 0 succeeded, 1 failed, 5 cancelled") { run }
            .Does((parsed, portal, cancel) => WatchAsync(portal, parsed.GetValue(run)!, parsed.Json(), cancel));
    }

    /// <summary>Watches: bars on a terminal, a line for each event elsewhere, events as JSON where that is asked for.</summary>
    public static async Task<int> WatchAsync(PortalClient portal, string id, bool json, CancellationToken cancel)
    {
        if (json)
        {
            await foreach (var arrived in EventReader.FollowAsync(portal, id, "0", cancel)) Console.Out.WriteLine(JsonSerializer.Serialize(arrived.Data));
        }
        else if (AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected)
        {
            await BarsAsync(portal, id, cancel);
        }
        else
        {
            await foreach (var arrived in EventReader.FollowAsync(portal, id, "0", cancel))
            {
                if (EventWords.Of(arrived.Type, arrived.Data.Child("body") ?? default) is { Length: > 0 } words)
                    Console.Out.WriteLine(Print.Plain($"{arrived.Data.Time("time")?.ToLocalTime():HH:mm:ss}  {words}"));
            }
        }
        var run = await portal.GetAsync($"runs/{id}", cancel);
        if (!json) Summarise(run);
        return run.Text("phase") switch { "Succeeded" => ExitCode.Well, "Cancelled" => ExitCode.RunCancelled, _ => ExitCode.RunFailed };
    }

    private static async Task BarsAsync(PortalClient portal, string id, CancellationToken cancel)
    {
        var first = await portal.GetAsync($"runs/{id}", cancel);
        AnsiConsole.MarkupLine($"[bold]{Print.Marked(first.Text("name"))}[/] on {Print.Marked(first.Text("machineName"))}  [dim]{id}[/]");
        await AnsiConsole.Progress().AutoClear(false).HideCompleted(false)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 32 }, new PercentageColumn(),
                new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var bars = new RunBars(progress);
                bars.Show(first);
                await foreach (var arrived in EventReader.FollowAsync(portal, id, first.Text("version"), cancel))
                {
                    // A burst of events is one look at the run, not many; the last one is looked at below.
                    if (bars.IsDue) bars.Show(await portal.GetAsync($"runs/{id}", cancel));
                    if (arrived.Type == "run_held" && arrived.Data.Child("body") is { } held)
                        AnsiConsole.MarkupLine($"[yellow]{Print.Marked(EventWords.Of(arrived.Type, held))}[/]");
                }
                bars.Show(await portal.GetAsync($"runs/{id}", cancel));
            });
    }

    private static void Summarise(JsonElement run)
    {
        var (phase, cause) = (run.Text("phase"), RunCommands.FailureText(run.Child("failure")));
        var took = run.Time("endedAt") is { } ended && run.Time("submittedAt") is { } begun ? $" after {(ended - begun).TotalSeconds:0.0} s" : "";
        Console.Out.WriteLine($"{phase}{took}. {Print.Plain(cause)}".TrimEnd());
        foreach (var output in run.Entries("outputs").Where(output => output.Text("sha256").Length > 0))
            Console.Out.WriteLine(Print.Plain($"  {output.Text("to")}  {Print.Bytes(output.Number("size") ?? 0)}  sha256 {output.Text("sha256")}"));
    }
}
