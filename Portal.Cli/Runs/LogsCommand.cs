using System.CommandLine;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary><c>portal run logs</c>.</summary>
public static class LogsCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var run = RunCommands.Run();
        var step = new Option<string?>("--step") { Description = "Id of the step; the first when left out" };
        var task = new Option<int?>("--task")
        {
            Description = "Array task; needed for a step with an array", CustomParser = CommandParts.Value<int>("a whole number"),
        };
        var attempt = new Option<int?>("--attempt")
        {
            Description = "Which attempt, from 1; the last when left out", CustomParser = CommandParts.Value<int>("a whole number"),
        };
        var error = new Option<bool>("--stderr") { Description = "Standard error instead of standard output" };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the log is complete" };
        var command = new Command("logs", "The log of a step") { run, step, task, attempt, error, follow };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var id = parsed.RunId(run);
            var chosen = parsed.GetValue(step)
                ?? (await RunCommands.FoundAsync(portal, id, cancel)).Steps[0].Id;
            var (number, tried) = (parsed.GetValue(task), parsed.GetValue(attempt));
            var stream = parsed.GetValue(error) ? "STDERR" : "STDOUT";
            object From(long offset) => new { id, step = chosen, stream, task = number, attempt = tried, offset };
            var parts = parsed.GetValue(follow)
                ? portal.FollowAsync<LogPart>(RunCommands.Operation("FollowLog"), last => From(last?.NextOffset ?? 0),
                    last => last.Complete, cancel)
                : PartsAsync(portal, From, cancel);
            await foreach (var part in parts) parsed.ShowNext(part, () => Console.Out.Write(part.Text));
            return ExitCode.Well;
        });
    }

    private static async IAsyncEnumerable<LogPart> PartsAsync(PortalClient portal, Func<long, object> from,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        LogPart part;
        for (var offset = 0L; ; offset = part.NextOffset)
        {
            part = await portal.AskAsync<LogPart>(RunCommands.Operation("Log"), from(offset), cancel);
            if (part.NextOffset == part.Offset) yield break;
            yield return part;
            if (part.NextOffset >= part.Size) yield break;
        }
    }
}
