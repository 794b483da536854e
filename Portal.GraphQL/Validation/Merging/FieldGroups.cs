using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <summary>A field where it is selected, and the type that it is selected from.</summary>
internal sealed record SelectedField(NamedType? Parent, FieldNode Node, FieldDefinition? Definition);

/// <summary>
/// The fields of a selection by their keys, those in inline fragments among them, and the fragments that it spreads. Keys
/// that cannot conflict are left out.
/// </summary>
internal sealed class FieldGroups
{
    private readonly HashSet<string> _fragmentNames = new(StringComparer.Ordinal);

    public FieldGroups(Schema schema, SelectionSetNode set, NamedType? parent, Func<string, bool> isSuspect) =>
        Collect(schema, set, parent, isSuspect);

    public OrderedDictionary<string, List<SelectedField>> ByKey { get; } = new(StringComparer.Ordinal);

    public List<string> Fragments { get; } = [];

    private void Collect(Schema schema, SelectionSetNode set, NamedType? parent, Func<string, bool> isSuspect)
    {
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode field when isSuspect(field.ResponseKey):
                    if (!ByKey.TryGetValue(field.ResponseKey, out var same))
                    {
                        ByKey[field.ResponseKey] = same = [];
                    }
                    same.Add(new SelectedField(parent, field, (parent as FieldedType)?.FindField(field.Name.Value)));
                    break;
                case FragmentSpreadNode spread:
                    if (_fragmentNames.Add(spread.Name.Value))
                    {
                        Fragments.Add(spread.Name.Value);
                    }
                    break;
                case InlineFragmentNode fragment:
                    var type = fragment.TypeCondition is { } condition ? schema.FindType(condition.Name.Value) : parent;
                    Collect(schema, fragment.SelectionSet, type, isSuspect);
                    break;
            }
        }
    }
}

/// <summary>Two fields, or fields inside them, that cannot be merged.</summary>
/// <param name="Key">Their key in the response.</param>
/// <param name="Reason">Why not.</param>
/// <param name="One">The one, and the fields inside it.</param>
/// <param name="Other">The other, and the fields inside it.</param>
internal sealed record FieldConflict(string Key, string Reason, List<FieldNode> One, List<FieldNode> Other)
{
    public static FieldConflict Inside(string key, FieldNode one, FieldNode other, List<FieldConflict> conflicts) => new(
        key,
        string.Join(
            " and ", conflicts.Select(inner => $"subfields \"{inner.Key}\" conflict because {inner.Reason}")),
        [one, .. conflicts.SelectMany(inner => inner.One)],
        [other, .. conflicts.SelectMany(inner => inner.Other)]);
}
