using System.CommandLine;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary><c>portal run retry</c>: takes a run up again where it broke off, or tells what that would do.</summary>
public static class RetryCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var run = RunCommands.Run();
        var plan = new Option<bool>("--plan") { Description = "Only tell what would be kept and what would be done again" };
        var lease = new Option<string?>("--lease-for") { Description = "How long it may use your key, such as PT12H or P3D" };
        var attended = new Option<bool?>("--attended")
        {
            Description = "Keep the key in the portal's memory alone (true or false; as before when left out)",
        };
        var once = new Option<Guid?>("--once") { Description = "A UUID of your own: the same sent twice is one retry" };
        var watch = new Option<bool>("--watch") { Description = "Watch it until it ends" };
        var token = CommandParts.TokenFile();
        var command = new Command("retry", "Take a run that failed or was cancelled up again where it broke off")
        {
            run, plan, lease, attended, once, watch, token,
        };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var id = parsed.RunId(run);
            var before = await portal.AskAsync<Retriable>(RunCommands.Operation("PlanRetry"), new { id }, cancel);
            if (parsed.GetValue(plan)) return Tell(parsed, before);
            var input = new
            {
                id, clientMutationKey = parsed.GetValue(once), leaseFor = parsed.GetValue(lease),
                attended = parsed.GetValue(attended), securityToken = parsed.SecurityToken(token),
            };
            var found = await portal.ChangeAsync<Run>(RunCommands.Operation("RetryRun"), input, cancel);
            // What happened before the retry is an old story.
            if (parsed.GetValue(watch)) return await WatchCommand.WatchAsync(parsed, portal, id, cancel, before.Version);
            parsed.Show(found, () =>
                Print.Fields(("Run", found.Key), ("Phase", found.State), ("Next", $"portal run watch {found.Key}")));
            return ExitCode.Well;
        });
    }

    private static int Tell(ParseResult parsed, Retriable run)
    {
        if (run.RetryPlan is not { } plan)
        {
            throw new RefusedException([new(run.Phase == "SUCCEEDED" ? "RUN_SUCCEEDED" : "RUN_GOES_ON",
                $"There is nothing to retry: the run's phase is {run.Phase.ToLowerInvariant().Replace('_', ' ')}.",
                Advice: "A run is retried when it has failed or was cancelled.")]);
        }
        parsed.Show(plan, () =>
        {
            Print.Fields(("Goes on", Words.Of(plan.From)));
            Console.Out.WriteLine();
            Print.Table(plan.Parts, ("part", part => part.Title), ("kind", part => Words.Of(part.Kind)),
                ("action", part => Words.Of(part.Action)), ("what", part => part.Words));
        });
        return ExitCode.Well;
    }

    private sealed record Retriable(string Phase, long Version, RetryPlan? RetryPlan);

    private sealed record RetryPlan(string From, IReadOnlyList<string> Steps, IReadOnlyList<RetryPart> Parts);

    private sealed record RetryPart(string Kind, string Id, string Title, string Action, string Words);
}
