using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Which events somebody looks for; all conditions that are given must hold.</summary>
public sealed record EventQuestion
{
    /// <summary>The doors by which events come.</summary>
    public static IReadOnlyList<string> Doors { get; } = ["page", "graphql", "rest", "cli", "worker"];

    /// <summary>Only those of this project; null for all that the caller may read.</summary>
    public Id<Project>? Project { get; init; }

    /// <summary>Only those recorded at this time or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those recorded before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only those of these types, by their stored names.</summary>
    public IReadOnlyList<string>? Types { get; init; }

    /// <summary>Only those caused by this person, access token or part of the portal, by the id that stands in the event.</summary>
    public string? Actor { get; init; }

    /// <summary>Only those that came by this door.</summary>
    public string? Door { get; init; }

    /// <summary>Only those about this machine, and those of runs on it.</summary>
    public Id<Machine>? Machine { get; init; }

    /// <summary>Only those about this credential, and those of runs that use it.</summary>
    public Id<Credential>? Credential { get; init; }

    /// <summary>Only those of this run.</summary>
    public Id<Run>? Run { get; init; }

    /// <summary>Only those of the runs that a number of a report was folded from.</summary>
    public UsageSlice? Usage { get; init; }

    /// <summary>Only what this request led to.</summary>
    public Guid? Correlation { get; init; }

    /// <summary>Only those in whose texts or type all of these words stand, as whole words.</summary>
    public string? Text { get; init; }

    /// <summary>Only those behind the event with this position, in the order of all events.</summary>
    public long? After { get; init; }

    /// <summary>Only those in front of the event with this position.</summary>
    public long? Before { get; init; }

    /// <summary>Nothing behind the event with this position.</summary>
    public long? UpTo { get; init; }

    /// <summary>As the store takes it, for somebody with this reach.</summary>
    /// <param name="reach">How far they may read.</param>
    /// <param name="runs">The runs of <see cref="Usage"/>; null where that is.</param>
    public EventSearch SearchFor(Reach reach, DocumentSet? runs = null)
    {
        var keys = new Dictionary<string, IReadOnlyCollection<Guid>>();
        if (reach.Projects is { } projects) keys[EventSearchIndex.Project] = [.. projects.Select(project => project.Value)];
        if (Machine is { } machine) keys[EventSearchIndex.Machine] = [machine.Value];
        if (Credential is { } credential) keys[EventSearchIndex.Credential] = [credential.Value];
        if (Run is { } run) keys[EventSearchIndex.Run] = [run.Value];
        return new()
        {
            From = From, Until = Until, Types = Types, Actor = Actor, Door = Door, Correlation = Correlation, Text = Text,
            After = After, Before = Before, UpTo = UpTo, Keys = keys, Among = runs,
        };
    }
}
