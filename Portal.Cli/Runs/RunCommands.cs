using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary><c>portal run</c>.</summary>
public static class RunCommands
{
    /// <summary>The command.</summary>
    public static Command Make() => new("run", "Runs")
    {
        SubmitCommand.Make(), ListCommand.Make(), Show(), WatchCommand.Make(), LogsCommand.Make(), DownloadCommand.Make(),
        ExportCommand.Make(), Cancel(), RetryCommand.Make(), Token(), ApprovalCommands.List(), ApprovalCommands.Show(), PastCommands.Compare(),
    };

    internal static Argument<string> Run() => new("run") { Description = "Key of the run" };

    internal static Operation Operation(string name) => new("Runs", name);

    /// <summary>The global id of the run that was given by its key.</summary>
    internal static string RunId(this ParseResult parsed, Argument<string> run) => RunId(parsed.GetValue(run)!);

    /// <summary>The global id of a run given by its key.</summary>
    internal static string RunId(string given) =>
        GlobalId.Of("Run", given)
            ?? throw new UsageException($"{given} is no key of a run (32 hex digits); see `portal run list`.");

    /// <summary>All that is known of a run.</summary>
    /// <exception cref="RefusedException">There is none, or its events are in an archive.</exception>
    internal static async Task<Run> FoundAsync(PortalClient portal, string id, CancellationToken cancel)
    {
        var found = await portal.AskAsync<JsonNode>(Operation("ShowRun"), new { id }, cancel);
        if (found["archive"] is { } archive)
            throw new RefusedException([new("STREAM_ARCHIVED",
                $"Its events were archived on {Print.Time(archive["archivedAt"]!.GetValue<DateTimeOffset>())} to {archive["file"]}.",
                Advice: "An administrator can bring the archive back.")]);
        return found.Deserialize<Run>(Wire.Options)!;
    }

    /// <summary>Prints all that is known of a run.</summary>
    internal static void Describe(Run run)
    {
        Print.Fields(("Run", run.Key), ("Name", run.Name), ("Workflow", run.WorkflowName), ("Machine", run.MachineName),
            ("Phase", run.State), ("Commit", run.Code?.Commit), ("Submitted", Print.Time(run.SubmittedAt)),
            ("Ended", Print.Time(run.EndedAt)), ("Folder", run.Folder), ("Because", run.Failure?.ToString()));
        Console.Out.WriteLine();
        Print.Table(run.Steps, ("step", s => s.Id), ("status", s => Words.Of(s.Status)), ("job", s => s.JobId ?? ""),
            ("exit", s => $"{s.ExitCode}"),
            ("why", s => s.Failure?.ToString() ?? s.Reason ?? ""));
        if (run.Outputs.Count == 0) return;
        Console.Out.WriteLine();
        Print.Table(run.Outputs, ("output", o => $"{o.Index}"), ("to", o => o.To), ("bytes", o => $"{o.Size}"),
            ("sha256", o => o.Sha256 ?? ""));
    }

    private static Command Show()
    {
        var (run, at) = (Run(), PastCommands.At());
        return new Command("show", "Everything known of a run, as it is or as it was") { run, at }.Does(async (parsed, portal, cancel) =>
        {
            if (parsed.GetValue(at) is { } moment)
            {
                var asked = new { id = parsed.RunId(run), at = PastCommands.Moment(moment) };
                var was = await portal.AskAsync<RunAt>(Operation("RunAt"), asked, cancel);
                parsed.Show(was, () => PastCommands.Describe(was));
                return ExitCode.Well;
            }
            var found = await FoundAsync(portal, parsed.RunId(run), cancel);
            parsed.Show(found, () => Describe(found));
            return ExitCode.Well;
        });
    }

    private static Command Cancel()
    {
        var run = Run();
        return new Command("cancel", "End a run, whatever it is doing") { run }.Does(async (parsed, portal, cancel) =>
        {
            var found = await portal.ChangeAsync<Run>(Operation("CancelRun"), new { id = parsed.RunId(run) }, cancel);
            parsed.Show(found, () => Print.Fields(("Phase", found.State), ("Cancelling", found.Cancelling ? "yes" : "no")));
            return ExitCode.Well;
        });
    }

    private static Command Token()
    {
        var run = Run();
        var token = CommandParts.TokenFile();
        var command = new Command("token", "Lend a run your key anew; it goes on by itself") { run, token };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var input = new { id = parsed.RunId(run), securityToken = parsed.SecurityToken(token) };
            var found = await portal.ChangeAsync<Run>(Operation("GiveToken"), input, cancel);
            parsed.Show(found, () => Print.Fields(("Phase", found.State)));
            return ExitCode.Well;
        });
    }
}
