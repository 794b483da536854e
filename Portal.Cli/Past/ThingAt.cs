using System.CommandLine;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;
using Portal.Cli.Runs;

namespace Portal.Cli.Past;

/// <summary>A machine, a project or a key as it was, as Past.graphql asks for it: all that can be said about it, and what its
/// last event changed.</summary>
/// <param name="Name">What it was called.</param>
/// <param name="Version">How many of its events had happened.</param>
/// <param name="Latest">How many have happened by now.</param>
/// <param name="Event">The last that had happened.</param>
/// <param name="Differences">All that can be said, before that event and after it.</param>
public sealed record ThingAt(string Name, long Version, long Latest, LastEvent Event, IReadOnlyList<Difference> Differences)
{
    /// <summary>Asks for it, and prints it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="portal">The portal.</param>
    /// <param name="operation">The query.</param>
    /// <param name="id">Its global id.</param>
    /// <param name="moment">When, as it was typed.</param>
    /// <param name="cancel">Ends it.</param>
    internal static async Task<int> ShowAsync(
        ParseResult parsed, PortalClient portal, string operation, string id, string moment, CancellationToken cancel)
    {
        var was = await portal.AskAsync<ThingAt>(new("Past", operation), new { id, at = PastCommands.Moment(moment) }, cancel);
        parsed.Show(was, was.Describe);
        return ExitCode.Well;
    }

    private void Describe()
    {
        Print.Fields(("Name", Name), ("Event", $"{Version} of {Latest}: {Event.Type}"), ("Recorded", Print.Time(Event.Time)),
            ("Position", $"{Event.Position}"));
        Console.Out.WriteLine();
        Print.Table([.. Differences.Where(row => row.Right is not null)],
            ("about", row => row.Section), ("what", row => row.Name), ("as it was", row => row.Right!));
        if (!Differences.Any(row => row.Differs)) return;
        Console.Out.WriteLine();
        PastCommands.Table([.. Differences.Where(row => row.Differs)], "before", "after");
    }
}
