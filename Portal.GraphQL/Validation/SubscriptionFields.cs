using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Validation;

/// <summary>The fields at the root of a subscription. Section 5.2.4.1, <c>CollectSubscriptionFields()</c>.</summary>
internal sealed class SubscriptionFields
{
    private readonly Schema _schema;
    private readonly ObjectType _root;

    public SubscriptionFields(Schema schema, DocumentFacts facts, ObjectType root, SelectionSetNode set)
    {
        (_schema, _root) = (schema, root);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var cursor = new SelectionCursor<ObjectType>(root, set);
        while (cursor.Next() is { } selection)
        {
            var isSpreadAgain = selection is FragmentSpreadNode again && visited.Contains(again.Name.Value);
            if (isSpreadAgain || IsConditional(selection))
            {
                continue;
            }
            switch (selection)
            {
                case FieldNode field:
                    Add(field);
                    break;
                case InlineFragmentNode inline when IsMet(inline.TypeCondition):
                    cursor.Enter(root, inline.SelectionSet);
                    break;
                case FragmentSpreadNode spread:
                    visited.Add(spread.Name.Value);
                    if (facts.FindFragment(spread.Name.Value) is { } fragment && IsMet(fragment.TypeCondition))
                    {
                        cursor.Enter(root, fragment.SelectionSet);
                    }
                    break;
            }
        }
    }

    /// <summary>By the key in the response, in the order of the first ones.</summary>
    public OrderedDictionary<string, List<FieldNode>> ByKey { get; } = new(StringComparer.Ordinal);

    /// <summary>The directives that would make it depend on a variable which fields there are.</summary>
    public List<DirectiveNode> Conditions { get; } = [];

    private void Add(FieldNode field)
    {
        if (!ByKey.TryGetValue(field.ResponseKey, out var same))
        {
            ByKey[field.ResponseKey] = same = [];
        }
        same.Add(field);
    }

    private bool IsConditional(SelectionNode selection)
    {
        var condition = selection.Directives.FirstOrDefault(directive => directive.Name.Value == "skip")
            ?? selection.Directives.FirstOrDefault(directive => directive.Name.Value == "include");
        if (condition is not null)
        {
            Conditions.Add(condition);
        }
        return condition is not null;
    }

    private bool IsMet(NamedTypeNode? condition) => condition is null
        || (_schema.FindType(condition.Name.Value) is { } type && (type == _root || Schema.IsPossible(type, _root)));
}
