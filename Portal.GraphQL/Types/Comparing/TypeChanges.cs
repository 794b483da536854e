namespace Portal.GraphQL.Types;

/// <summary>Whether another type of a field or an argument leaves documents and their readers whole.</summary>
internal static class TypeChanges
{
    /// <summary>Of what is answered: nothing comes that did not come before. A null may be ruled out.</summary>
    public static bool GivesNoMore(GraphType before, GraphType after) => (before, after) switch
    {
        (NonNullType was, NonNullType now) => GivesNoMore(was.Inner, now.Inner),
        (NonNullType, _) => false,
        (_, NonNullType now) => GivesNoMore(before, now.Inner),
        (ListType was, ListType now) => GivesNoMore(was.Item, now.Item),
        _ => IsSame(before, after),
    };

    /// <summary>Of what is given: all that was taken still is. A null may be let in.</summary>
    public static bool TakesAll(GraphType before, GraphType after) => (before, after) switch
    {
        (NonNullType was, NonNullType now) => TakesAll(was.Inner, now.Inner),
        (NonNullType was, _) => TakesAll(was.Inner, after),
        (_, NonNullType) => false,
        (ListType was, ListType now) => TakesAll(was.Item, now.Item),
        _ => IsSame(before, after),
    };

    public static string Words(GraphType before, GraphType after) => $"It was of type {before}, and is of type {after}.";

    private static bool IsSame(GraphType before, GraphType after) =>
        before is NamedType was && after is NamedType now && was.Name == now.Name;
}
