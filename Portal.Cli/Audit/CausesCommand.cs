using System.CommandLine;
using Portal.Cli.Output;
using Portal.Cli.Runs;

namespace Portal.Cli.Audit;

/// <summary>What led to what, from the first event downwards.</summary>
/// <param name="Events">The events, each behind what led to it.</param>
/// <param name="More">Whether it led to more than is shown.</param>
public sealed record EventTree(IReadOnlyList<CausedEvent> Events, bool More);

/// <summary>An event of it.</summary>
/// <param name="Depth">How many stand above it.</param>
/// <param name="Parent">Position of the one that led to it.</param>
/// <param name="Event">The event.</param>
public sealed record CausedEvent(int Depth, long? Parent, RecordedEvent Event);

/// <summary><c>portal audit causes</c>: what led to an event, and what else that led to.</summary>
public static class CausesCommand
{
    private const int Deepest = 8;

    /// <summary>The command.</summary>
    public static Command Make()
    {
        var position = new Argument<long>("position") { Description = "The event's place in the order of all events" };
        var command = new Command("causes", "What led to an event, and all else that the same request led to") { position };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var asked = parsed.GetValue(position);
            var tree = await portal.AskAsync<EventTree>(new("Past", "EventCauses"), new { position = asked }, cancel);
            parsed.Show(tree, () =>
            {
                foreach (var caused in tree.Events) Say(caused, caused.Event.Position == asked);
                if (tree.More) Console.Error.WriteLine("It led to more than is shown.");
            });
            return ExitCode.Well;
        });
    }

    private static void Say(CausedEvent caused, bool asked)
    {
        var (one, lead) = (caused.Event, new string(' ', 2 * Math.Min(caused.Depth, Deepest)));
        var what = $"{lead}{one.Type}  {one.Stream}  {one.Actor.Door} {one.Actor.Id}";
        Console.Out.WriteLine(Print.Plain($"{(asked ? '>' : ' ')}{one.Position,9}  {Print.Time(one.Time)}  {what}"));
    }
}
