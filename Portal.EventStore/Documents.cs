namespace Portal.EventStore;

/// <summary>A column of a read model's table: what can be filtered, sorted and paged by.</summary>
/// <typeparam name="T">The document's class.</typeparam>
/// <param name="Name">snake_case name of the column.</param>
/// <param name="SqlType">PostgreSQL type: <c>text</c>, <c>uuid</c>, <c>bigint</c>, <c>timestamptz</c>, <c>boolean</c>, <c>double precision</c> or <c>text[]</c>.</param>
/// <param name="Value">Takes the value out of a document.</param>
public sealed record DocumentColumn<T>(string Name, string SqlType, Func<T, object?> Value);

/// <summary>The table of one read model: documents by id, with declared columns and indices.</summary>
/// <typeparam name="T">The document's class, written as JSON.</typeparam>
/// <param name="Name">snake_case name of the table.</param>
/// <param name="Id">Takes the id out of a document.</param>
/// <param name="Columns">What is filtered, sorted or paged by.</param>
/// <param name="Indices">Each a list of column names, optionally followed by <c>desc</c>; prefix <c>unique:</c> makes it unique.</param>
public sealed record DocumentTable<T>(
    string Name, Func<T, string> Id, IReadOnlyList<DocumentColumn<T>> Columns, IReadOnlyList<string> Indices) where T : class;

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
    /// <summary>Contains the text, whatever the case; the text is taken literally.</summary>
    Contains,
}

/// <summary>One condition of a query; all conditions of a query must hold.</summary>
public sealed record Condition(string Column, Comparison Comparison, object? Value);

/// <summary>One page of a list.</summary>
/// <param name="Where">Conditions that must all hold.</param>
/// <param name="OrderBy">Column to sort by; ties are broken by id, so that paging is stable.</param>
/// <param name="Descending">Largest first.</param>
/// <param name="Limit">How many at the most.</param>
/// <param name="Offset">How many to pass over first.</param>
/// <param name="After">Cursor of the document to continue after (keyset paging); excludes <paramref name="Offset"/>.</param>
/// <param name="Count">Whether to count all that match.</param>
public sealed record DocumentQuery(
    IReadOnlyList<Condition> Where, string? OrderBy = null, bool Descending = false, int Limit = 50, int Offset = 0,
    string? After = null, bool Count = false);

/// <summary>A page of documents.</summary>
/// <param name="Items">The documents in order.</param>
/// <param name="Total">How many match in all, where asked.</param>
/// <param name="Next">Cursor of the last one, where more follow.</param>
public sealed record DocumentPage<T>(IReadOnlyList<T> Items, long? Total, string? Next);

/// <summary>Reads documents of read models.</summary>
public interface IDocuments
{
    /// <summary>The document with this id, or null.</summary>
    Task<T?> FindAsync<T>(string id, CancellationToken cancel) where T : class;

    /// <summary>A page of a list.</summary>
    Task<DocumentPage<T>> QueryAsync<T>(DocumentQuery query, CancellationToken cancel) where T : class;

    /// <summary>Waits until the read model of <typeparamref name="T"/> has seen the position; inline ones always have.</summary>
    Task CaughtUpAsync<T>(long position, CancellationToken cancel) where T : class;
}

/// <summary>What a projection may do with its table while it handles a batch of events.</summary>
public interface IDocumentWriter<T> where T : class
{
    /// <summary>The document as it stands within this batch, or null.</summary>
    ValueTask<T?> FindAsync(string id, CancellationToken cancel);

    /// <summary>Inserts or replaces it.</summary>
    void Put(T document);

    /// <summary>Removes it, if it is there.</summary>
    void Remove(string id);
}

/// <summary>Folds events into the documents of one table. The same events give the same rows: no clock, no chance, no
/// reading of anything but the table itself.</summary>
public abstract class Projection<T> where T : class
{
    /// <summary>Where the documents stand.</summary>
    public abstract DocumentTable<T> Table { get; }

    /// <summary>Written in the appending transaction (what a command must read back) or behind the tail (the rest).</summary>
    public virtual bool Inline => false;

    /// <summary>Raise when the rows would come out differently: the table is then rebuilt from nothing.</summary>
    public virtual int Version => 1;

    /// <summary>Stored names of the event types it wants; others do not reach it.</summary>
    public abstract IReadOnlyCollection<Type> Handles { get; }

    /// <summary>Folds one event.</summary>
    public abstract ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<T> documents, CancellationToken cancel);
}
