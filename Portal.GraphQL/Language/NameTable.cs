namespace Portal.GraphQL.Language;

/// <summary>
/// Makes strings of names, the same string for the same name as often as it can: the words that stand in almost every
/// document come from one table for all, the others from a small one of the document. Both are bounded; a name that
/// finds its place taken costs a string.
/// </summary>
internal sealed class NameTable
{
    private const int CommonSize = 1024;
    private const int OwnSize = 128;

    private static readonly string?[] Common = FillCommon(
        "query", "mutation", "subscription", "fragment", "on", "true", "false", "null", "schema", "scalar", "type",
        "interface", "union", "enum", "input", "extend", "directive", "implements", "repeatable", "__typename",
        "__schema", "__type", "Int", "Float", "String", "Boolean", "ID", "skip", "include", "if", "deprecated", "reason",
        "specifiedBy", "oneOf", "id", "ids", "name", "title", "description", "kind", "state", "status", "value", "values",
        "key", "code", "message", "path", "url", "node", "nodes", "edges", "cursor", "pageInfo", "hasNextPage",
        "hasPreviousPage", "startCursor", "endCursor", "totalCount", "first", "last", "before", "after", "filter",
        "orderBy", "createdAt", "updatedAt", "errors", "fields", "args", "types", "ofType", "possibleTypes", "Query",
        "Mutation", "Subscription", "defaultValue", "isDeprecated", "deprecationReason", "locations", "directives");

    private readonly string?[] _own = new string?[OwnSize];

    public string Get(ReadOnlySpan<char> name)
    {
        var hash = Hash(name);
        if (Common[hash & (CommonSize - 1)] is { } common && name.SequenceEqual(common))
        {
            return common;
        }
        ref var place = ref _own[hash & (OwnSize - 1)];
        if (place is null || !name.SequenceEqual(place))
        {
            place = name.ToString();
        }
        return place;
    }

    private static string?[] FillCommon(params ReadOnlySpan<string> words)
    {
        var table = new string?[CommonSize];
        foreach (var word in words)
        {
            table[Hash(word) & (CommonSize - 1)] ??= word;
        }
        return table;
    }

    // Length, both ends and the middle: enough to spread names, and cheap whatever the length.
    private static uint Hash(ReadOnlySpan<char> name)
    {
        var hash = (uint)name.Length;
        hash = (hash * 31) + name[0];
        hash = (hash * 31) + name[name.Length / 2];
        hash = (hash * 31) + name[^1];
        hash *= 0x9E3779B1;
        return hash >> 16;
    }
}
