using System.Collections.Immutable;

namespace Portal.GraphQL.Validation;

/// <summary>Names that stand more than once in a list.</summary>
internal static class Repeats
{
    private const int Few = 8;

    /// <summary>Whether there is one; costs nothing for short lists.</summary>
    public static bool Any<T>(ImmutableArray<T> items, Func<T, string> name)
    {
        if (items.Length > Few)
        {
            var seen = new HashSet<string>(items.Length, StringComparer.Ordinal);
            return items.Any(item => !seen.Add(name(item)));
        }
        for (var i = 1; i < items.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (name(items[i]) == name(items[j]))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>All items of each such name, in the order of the first ones.</summary>
    public static IEnumerable<IGrouping<string, T>> Of<T>(ImmutableArray<T> items, Func<T, string> name) =>
        items.GroupBy(name, StringComparer.Ordinal).Where(same => same.Skip(1).Any());
}
