using System.CommandLine;
using System.Text.Json;
using Portal.Cli.Http;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary><c>portal events</c>: the events of a run.</summary>
public static class EventsCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var run = RunCommands.Run();
        var after = new Option<long>("--after") { Description = "Only those after this version" };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the run is over" };
        return new Command("events", "The events of a run, oldest first; as JSON one a line") { run, after, follow }.Does(async (parsed, portal, cancel) =>
        {
            var id = parsed.GetValue(run)!;
            if (parsed.GetValue(follow))
            {
                await foreach (var arrived in EventReader.FollowAsync(portal, id, $"{parsed.GetValue(after)}", cancel)) Show(arrived.Data, parsed.Json());
                return ExitCode.Well;
            }
            for (var from = $"{parsed.GetValue(after)}"; from.Length > 0;)
            {
                var page = await portal.GetAsync($"runs/{id}/events?after={from}&limit=1000", cancel);
                foreach (var recorded in page.Entries("items")) Show(recorded, parsed.Json());
                from = page.Text("next");
            }
            return ExitCode.Well;
        });
    }

    private static void Show(JsonElement recorded, bool json) => Console.Out.WriteLine(json
        ? JsonSerializer.Serialize(recorded)
        : Print.Plain($"{recorded.Text("version"),5}  {recorded.Text("time")}  {recorded.Child("actor")?.Text("door"),-6}  {recorded.Text("type"),-22}  {recorded.Text("body")}"));
}
