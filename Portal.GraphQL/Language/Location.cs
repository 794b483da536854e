namespace Portal.GraphQL.Language;

/// <summary>Where something stands in a document.</summary>
/// <param name="Start">Offset of the first character, from 0, in UTF-16 units.</param>
/// <param name="End">Offset behind the last character.</param>
/// <param name="Line">Line of the first character, from 1.</param>
/// <param name="Column">Column of the first character, from 1, in UTF-16 units.</param>
public readonly record struct Location(int Start, int End, int Line, int Column)
{
    /// <summary>Nowhere: the location of a node that was made by hand and not read from a text.</summary>
    public static Location None => default;
}
