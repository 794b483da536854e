using System.Globalization;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Audit;

/// <summary>Events as pages. A cursor is a number: a position, or a version among the events of one thing.</summary>
public static class EventPages
{
    /// <summary>How many are on a page where nothing is said.</summary>
    public const int Usual = 100;

    /// <summary>The largest page.</summary>
    public const int Largest = 1000;

    /// <summary>The number that a cursor is; 0 for none.</summary>
    /// <param name="after">The cursor.</param>
    /// <param name="first">How many are wanted, 1 to <see cref="Largest"/>.</param>
    public static long After(string? after, int first)
    {
        if (first is < 1 or > Largest) throw Answers.Refusal(Problem.Invalid("first", $"A page has 1 to {Largest} events."));
        if (after is null) return 0;
        return long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Answers.Refusal(Problem.Invalid("after", "This is no cursor of this list."));
    }

    /// <summary>The page as it is answered.</summary>
    /// <param name="events">What is on it.</param>
    /// <param name="cursor">The number of each.</param>
    /// <param name="after">Where it begins.</param>
    /// <param name="end">Where the next one begins.</param>
    /// <param name="more">Whether there may be one.</param>
    public static EventPage Of(
        IReadOnlyList<Recorded> events, Func<Recorded, long> cursor, string? after, long end, bool more)
    {
        var edges = events.Select(recorded => new Edge<EventNode>(new(recorded), Text(cursor(recorded)))).ToList();
        return new(edges, new(more, after is not null, edges.FirstOrDefault()?.Cursor, Text(end)));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
