using System.CommandLine;
using System.Globalization;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary><c>portal events</c>: the events of a run, or of the whole project.</summary>
public static class EventsCommand
{
    private const int LongestBody = 400;

    /// <summary>The command.</summary>
    public static Command Make()
    {
        var run = new Argument<string?>("run")
        {
            Arity = ArgumentArity.ZeroOrOne, Description = "Key of the run; your project when left out",
        };
        var after = new Option<long>("--after") { Description = "Only those after this version of the run, or this position" };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on: until the run is over, or until interrupted" };
        var command = new Command("events", "Events, oldest first; as JSON one a line") { run, after, follow };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var (id, from) = (parsed.GetValue(run) is { } given ? RunCommands.RunId(given) : null, parsed.GetValue(after));
            var events = (id, parsed.GetValue(follow)) switch
            {
                (null, false) => portal.ListAsync<RecordedEvent>(RunCommands.Operation("ListEvents"),
                    cursor => new { after = cursor ?? from.ToString(CultureInfo.InvariantCulture) }, cancel),
                (null, true) => portal.FollowAsync<RecordedEvent>(RunCommands.Operation("FollowEvents"),
                    last => new { after = last?.Position ?? from }, _ => false, cancel),
                (_, false) => portal.RunEventsAsync(id, from, cancel),
                (_, true) => portal.FollowRunAsync(id, from, cancel).SelectMany(update => update.Events),
            };
            await foreach (var recorded in events) parsed.ShowNext(recorded, () => Say(recorded));
            return ExitCode.Well;
        });
    }

    private static void Say(RecordedEvent recorded)
    {
        // A body may hold a whole description: who wants that asks for JSON.
        var body = recorded.Body.GetRawText();
        if (body.Length > LongestBody) body = body[..LongestBody] + "…";
        var what = $"{recorded.Actor.Door,-7}  {recorded.Type,-22}  {body}";
        Console.Out.WriteLine(Print.Plain($"{recorded.Position,8}  {recorded.Version,5}  {Print.Time(recorded.Time)}  {what}"));
    }
}
