using System.Collections.Immutable;
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
        // A chain of fragments may be longer than a thread's stack.
        var open = new Stack<(ImmutableArray<SelectionNode> Selections, int Next)>([(set.Selections, 0)]);
        while (open.TryPop(out var at))
        {
            if (at.Next == at.Selections.Length)
            {
                continue;
            }
            open.Push(at with { Next = at.Next + 1 });
            var selection = at.Selections[at.Next];
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
                    open.Push((inline.SelectionSet.Selections, 0));
                    break;
                case FragmentSpreadNode spread:
                    visited.Add(spread.Name.Value);
                    if (facts.FindFragment(spread.Name.Value) is { } fragment && IsMet(fragment.TypeCondition))
                    {
                        open.Push((fragment.SelectionSet.Selections, 0));
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
