using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <content>Two fields, and what is selected inside them.</content>
internal sealed partial class FieldConflicts
{
    // Fields of different objects never meet: they may differ, but what they give has the same shape.
    private void Compare(
        string key, SelectedField one, SelectedField other, bool areExclusive, List<FieldConflict> found)
    {
        areExclusive |= one.Parent != other.Parent && one.Parent is ObjectType && other.Parent is ObjectType;
        if (ReasonOf(one, other, areExclusive) is { } reason)
        {
            found.Add(new FieldConflict(key, reason, [one.Node], [other.Node]));
        }
        else if (one.Node.SelectionSet is { } set && other.Node.SelectionSet is { } otherSet)
        {
            var inside = new List<FieldConflict>();
            CompareInside(
                GroupsOf(set, one.Definition?.Type.Named), GroupsOf(otherSet, other.Definition?.Type.Named), areExclusive,
                inside);
            // Long reasons cost as much as long work.
            if (inside.Count > 0 && !IsEnough(inside.Sum(conflict => conflict.One.Count + (conflict.Reason.Length / 64))))
            {
                found.Add(FieldConflict.Inside(key, one.Node, other.Node, inside));
            }
        }
    }

    private static string? ReasonOf(SelectedField one, SelectedField other, bool areExclusive)
    {
        if (!areExclusive && one.Node.Name.Value != other.Node.Name.Value)
        {
            return $"\"{one.Node.Name}\" and \"{other.Node.Name}\" are different fields";
        }
        if (!areExclusive && !FieldAgreement.HaveSameArguments(one.Node, other.Node))
        {
            return "they have differing arguments";
        }
        return one.Definition is { Type: var type } && other.Definition is { Type: var otherType }
            && FieldAgreement.DoTypesConflict(type, otherType)
            ? $"they return conflicting types \"{type}\" and \"{otherType}\""
            : null;
    }

    private void CompareInside(FieldGroups one, FieldGroups other, bool areExclusive, List<FieldConflict> found)
    {
        CompareBetween(one, other, areExclusive, found);
        foreach (var name in other.Fragments)
        {
            CompareWithFragment(one, name, areExclusive, found);
        }
        foreach (var name in one.Fragments)
        {
            CompareWithFragment(other, name, areExclusive, found);
        }
        foreach (var name in one.Fragments)
        {
            foreach (var otherName in other.Fragments)
            {
                if (IsEnough())
                {
                    return;
                }
                CompareFragments(name, otherName, areExclusive, found);
            }
        }
    }
}
