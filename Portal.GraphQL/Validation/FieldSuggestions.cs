using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <summary>
/// What may have been meant by a field that a type does not have. The choice and the order are those of the reference
/// implementation.
/// </summary>
internal static class FieldSuggestions
{
    /// <summary>A question behind the message: types that have the field, or else fields of a similar name.</summary>
    public static string For(NamedType type, string field)
    {
        var types = Suggestions.DidYouMean(TypesWith(type, field), "to use an inline fragment on");
        return types.Length > 0 || type is not FieldedType fielded
            ? types
            : Suggestions.DidYouMean(Suggestions.For(field, fielded.Fields.Select(known => known.Name)));
    }

    // Those that most of the possible types have in common come first.
    private static List<string> TypesWith(NamedType type, string field)
    {
        if (!type.IsAbstract)
        {
            return [];
        }
        var uses = new OrderedDictionary<FieldedType, int>();
        foreach (var possible in Schema.PossibleTypesOf(type).Objects.Where(possible => possible.FindField(field) is not null))
        {
            uses[possible] = 1;
            foreach (var shared in possible.Interfaces.OfType<InterfaceType>())
            {
                if (shared.FindField(field) is not null)
                {
                    uses[shared] = uses.GetValueOrDefault(shared) + 1;
                }
            }
        }
        var sorted = new List<FieldedType>();
        foreach (var candidate in uses.Keys)
        {
            sorted.Insert(PlaceFor(candidate, sorted, uses), candidate);
        }
        return [.. sorted.Select(candidate => candidate.Name)];
    }

    // By halves, behind its equals.
    private static int PlaceFor(FieldedType type, List<FieldedType> sorted, OrderedDictionary<FieldedType, int> uses)
    {
        var (left, right) = (0, sorted.Count);
        while (left < right)
        {
            var middle = (left + right) / 2;
            (left, right) = Compare(type, sorted[middle], uses) < 0 ? (left, middle) : (middle + 1, right);
        }
        return left;
    }

    private static int Compare(FieldedType a, FieldedType b, OrderedDictionary<FieldedType, int> uses) =>
        uses[a] != uses[b] ? uses[b] - uses[a]
        : a is InterfaceType && Schema.IsPossible(a, b) ? -1
        : b is InterfaceType && Schema.IsPossible(b, a) ? 1
        : NaturalOrder.Compare(a.Name, b.Name);
}
