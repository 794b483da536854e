using Portal.Domain.Common;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Common;

/// <summary>Lists as pages.</summary>
public static class Lists
{
    /// <summary>How many are on a page where nothing is said.</summary>
    public const int Usual = 50;

    /// <summary>The largest page.</summary>
    public const int Largest = 200;

    /// <summary>The query for a page.</summary>
    /// <param name="first">How many, 1 to <see cref="Largest"/>.</param>
    /// <param name="after">Cursor to go on after.</param>
    /// <param name="column">Column to sort by.</param>
    /// <param name="direction">Which way.</param>
    /// <param name="where">Conditions; null where nothing was asked.</param>
    public static DocumentQuery Query(
        int first, string? after, string column, Direction direction, params IEnumerable<Condition?> where) =>
        first is >= 1 and <= Largest
            ? new([.. where.OfType<Condition>()], column, direction == Direction.Descending, first, After: after)
            : throw Answers.Refusal(Problem.Invalid("first", $"A page has 1 to {Largest} entries."));

    /// <summary>A condition where a value was given.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">What it shall be; null for anything.</param>
    /// <param name="comparison">How it is compared.</param>
    public static Condition? Where(string column, object? value, Comparison comparison = Comparison.Equal) =>
        value is null ? null : new(column, comparison, value);

    /// <summary>The page as it is answered; null where the project does not exist for the caller.</summary>
    /// <typeparam name="TView">What the handler lists.</typeparam>
    /// <typeparam name="TNode">What is answered with.</typeparam>
    /// <param name="query">What was asked.</param>
    /// <param name="asked">What the handler answers.</param>
    /// <param name="node">From one to the other.</param>
    public static async Task<ListPage<TNode>?> PageAsync<TView, TNode>(
        DocumentQuery query, Task<Result<DocumentPage<TView>>> asked, Func<TView, TNode> node)
        where TNode : notnull
    {
        if ((await asked).OrNull() is not { } page) return null;
        var edges = page.Items.Zip(page.Cursors, (view, cursor) => new Edge<TNode>(node(view), cursor)).ToList();
        return new(edges, new(page.Next is not null, query.After is not null,
            edges.FirstOrDefault()?.Cursor, edges.LastOrDefault()?.Cursor));
    }
}
