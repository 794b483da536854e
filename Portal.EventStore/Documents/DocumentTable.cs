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
