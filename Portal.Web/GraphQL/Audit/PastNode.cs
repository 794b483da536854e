using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Audit;

/// <summary>A moment in the life of a thing; exactly one of the three is said.</summary>
/// <param name="Version">After so many of its own events, from 1.</param>
/// <param name="Position">After the event with this place in the order of all events, or the last of its own before that.</param>
/// <param name="Time">After the last of its events that was recorded at this time or before it.</param>
[OneOf, Name("Moment")]
public sealed record MomentInput(long? Version, long? Position, DateTimeOffset? Time)
{
    internal Moment Moment => new(Version, Position, Time);
}

/// <summary>A thing as it was after one of its events.</summary>
/// <param name="past">What is known of it.</param>
/// <typeparam name="TState">What it is folded into.</typeparam>
public abstract class PastNode<TState>(AsItWas<TState> past)
    where TState : class, IAggregate<TState>
{
    internal AsItWas<TState> Past => past;

    internal TState State => past.State;

    /// <summary>How many of its events had happened.</summary>
    public long Version => past.Version;

    /// <summary>How many have happened by now.</summary>
    public long Latest => past.Latest;

    /// <summary>The last that had happened.</summary>
    public EventNode Event => new(past.Event);

    internal EventPage Page(int first, string? after)
    {
        var version = EventPages.After(after, first);
        var page = past.Events.Skip((int)Math.Min(version, past.Latest)).Take(first).ToList();
        return EventPages.Of(page, recorded => recorded.Version, after, page is [.., var last] ? last.Version : version,
            version + page.Count < past.Latest);
    }

    // From the state before its last event, where no other moment is named.
    internal async Task<IReadOnlyList<DifferenceNode>> DifferencesAsync(
        Past history, MomentInput? since, bool all, string what, Func<TState, IReadOnlyList<Trait>> traits,
            CancellationToken cancel)
    {
        var before = since is null ? past.Before
            : (await history.FindAsync<TState>(past.Events, since.Moment, what, cancel)).OrThrow().State;
        return [.. Differences.Of(traits(before), traits(past.State), all).Select(one => new DifferenceNode(one))];
    }
}

/// <summary>The same of two things, or of one at two moments.</summary>
/// <param name="difference">What differs.</param>
[ObjectType("Difference")]
public sealed class DifferenceNode(Difference difference)
{
    internal Difference Difference => difference;

    /// <summary>What it is about: <c>Run</c>, <c>Parameters</c>, <c>Step solve</c>.</summary>
    public string Section => difference.Section;

    /// <summary>What is said about it.</summary>
    public string Name => difference.Name;

    /// <summary>How the values are to be read.</summary>
    public TraitKind Kind => difference.Kind;

    /// <summary>The value of the one, or at the earlier moment that was named; null where it has none.</summary>
    public string? Left => difference.Left;

    /// <summary>The value of the other, or at the moment that is looked at; null where it has none.</summary>
    public string? Right => difference.Right;

    /// <summary>Whether they differ.</summary>
    public bool Differs => difference.Differs;
}

/// <summary>Whom a difference is about.</summary>
[ObjectType<DifferenceNode>]
public static class DifferenceFields
{
    /// <summary>Whom it is about, where its name is the id of a person.</summary>
    public static async Task<Person?> GetAboutAsync([Parent] DifferenceNode difference, PersonLoader people) =>
        difference.Difference.About is { } person ? await people.LoadAsync(person) : null;
}
