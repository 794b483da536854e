namespace Portal.EventStore;

/// <summary>The documents of a read model that meet some conditions, for who looks for the events of all of them, however many
/// they are.</summary>
/// <param name="Key">Name of the <see cref="EventKey"/> whose ids they bear. A document's own id is that id as 32 digits.</param>
/// <param name="Document">Class of the documents.</param>
/// <param name="Where">Conditions that each must meet.</param>
public sealed record DocumentSet(string Key, Type Document, IReadOnlyList<Condition> Where);
