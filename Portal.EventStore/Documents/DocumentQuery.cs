namespace Portal.EventStore;

/// <summary>How a column is compared.</summary>
public enum Comparison
{
    /// <summary>Equal; null matches null.</summary>
    Equal,
    /// <summary>Not equal; null is a value.</summary>
    NotEqual,
    /// <summary>Less than.</summary>
    Less,
    /// <summary>Greater than.</summary>
    Greater,
    /// <summary>At least.</summary>
    AtLeast,
    /// <summary>At most.</summary>
    AtMost,
    /// <summary>One of the values of an array.</summary>
    In,
    /// <summary>Contains the text, whatever the case; the text is taken literally. For <c>text[]</c>: has the element.</summary>
    Contains,
}

/// <summary>One condition of a query; all conditions of a query must hold. The column is a declared one or <c>id</c>.</summary>
public sealed record Condition(string Column, Comparison Comparison, object? Value);

/// <summary>One page of a list.</summary>
/// <param name="Where">Conditions that must all hold.</param>
/// <param name="OrderBy">Column to sort by; ties are broken by id, so that paging is stable.
/// Rows without a value come last, or first when descending.</param>
/// <param name="Descending">Largest first.</param>
/// <param name="Limit">How many at the most.</param>
/// <param name="Offset">How many to pass over first.</param>
/// <param name="After">Cursor of the document to continue after (keyset paging); excludes <paramref name="Offset"/>.</param>
/// <param name="Count">Whether to count all that match.</param>
/// <param name="Backward">Whether the last ones are meant: the page ends where the list does, or in front of
/// <paramref name="Before"/>. It comes in the list's order all the same. Excludes <paramref name="After"/>.</param>
/// <param name="Before">Cursor of the document that a backward page ends in front of.</param>
public sealed record DocumentQuery(
    IReadOnlyList<Condition> Where, string? OrderBy = null, bool Descending = false, int Limit = 50, int Offset = 0,
    string? After = null, bool Count = false, bool Backward = false, string? Before = null)
{
    /// <summary>Whether rows are looked for from the largest on: the other way round for a page from the end.</summary>
    internal bool Downward => Descending != Backward;

    /// <summary>Where the looking begins.</summary>
    internal string? From => Backward ? Before : After;
}

/// <summary>A page of documents.</summary>
/// <param name="Items">The documents in order.</param>
/// <param name="Total">How many match in all, where asked.</param>
/// <param name="Next">Cursor of the last one, where more follow; of the first one of a backward page, where more stand before it.
/// </param>
public sealed record DocumentPage<T>(IReadOnlyList<T> Items, long? Total, string? Next)
{
    /// <summary>The cursor of each item, in the same order.</summary>
    public IReadOnlyList<string> Cursors { get; init; } = [];
}

/// <summary>A query that names a column that is not declared, a value that does not fit its column, a cursor that is not of
/// this list, or a limit below 1.</summary>
public sealed class DocumentQueryException(string message) : ArgumentException(message);
