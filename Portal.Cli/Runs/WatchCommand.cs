using System.CommandLine;
using Portal.Cli.GraphQL;
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
            .Does((parsed, portal, cancel) => WatchAsync(parsed, portal, parsed.RunId(run), cancel));
    }

    /// <summary>Watches: bars on a terminal, a line for each event elsewhere, events as JSON or YAML where that is asked
    /// for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="portal">The portal.</param>
    /// <param name="id">The run.</param>
    /// <param name="cancel">Ends it.</param>
    /// <param name="after">The version whose events, and those before, are not told.</param>
    public static async Task<int> WatchAsync(ParseResult parsed, PortalClient portal, string id, CancellationToken cancel,
        long after = 0)
    {
        var forPeople = parsed.OutputFormat() == "table";
        Run? run = null;
        if (forPeople && AnsiConsole.Profile.Capabilities.Interactive && !Console.IsOutputRedirected)
        {
            run = await BarsAsync(portal, id, cancel);
        }
        else
        {
            await foreach (var update in portal.FollowRunAsync(id, after, cancel))
            {
                run = update.Run;
                foreach (var recorded in update.Events) parsed.ShowNext(recorded, () => Say(recorded));
            }
        }
        if (forPeople) Summarise(run!);
        return run!.Phase switch { "SUCCEEDED" => ExitCode.Well, "CANCELLED" => ExitCode.RunCancelled, _ => ExitCode.RunFailed };
    }

    private static void Say(RecordedEvent recorded)
    {
        if (EventWords.Of(recorded) is { Length: > 0 } words)
            Console.Out.WriteLine(Print.Plain($"{recorded.Time.ToLocalTime():HH:mm:ss}  {words}"));
    }

    private static Task<Run?> BarsAsync(PortalClient portal, string id, CancellationToken cancel) =>
        AnsiConsole.Progress().AutoClear(false).HideCompleted(false)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn { Width = 32 }, new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var bars = new RunBars(progress);
                Run? run = null;
                await foreach (var update in portal.FollowRunAsync(id, cancel))
                {
                    bars.Show(run = update.Run);
                    foreach (var held in update.Events.Where(recorded => recorded.Type is "run_held" or "run_approval_asked"))
                        AnsiConsole.MarkupLine($"[yellow]{Print.Marked(EventWords.Of(held))}[/]");
                }
                return run;
            });

    private static void Summarise(Run run)
    {
        var took = run.EndedAt is { } ended ? $" after {(ended - run.SubmittedAt).TotalSeconds:0.0} s" : "";
        Console.Out.WriteLine($"{Words.Of(run.Phase)}{took}. {Print.Plain($"{run.Failure}")}".TrimEnd());
        foreach (var output in run.Outputs.Where(output => output.Sha256 is not null))
            Console.Out.WriteLine(Print.Plain($"  {output.To}  {Print.Bytes(output.Size ?? 0)}  sha256 {output.Sha256}"));
    }
}
