using System.Collections.Immutable;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>
/// An operation with all of its conditions decided: what stays is run without a question. Selections are collected when
/// a value of their type comes first. Specification, section 6.3.2, <c>CollectFields()</c>.
/// </summary>
internal sealed class VariantPlan
{
    private readonly Schema _schema;
    private readonly IReadOnlyDictionary<string, FragmentDefinitionNode> _fragments;
    private readonly IReadOnlyDictionary<string, object?>? _conditions;
    private int _slots;

    public VariantPlan(
        Schema schema,
        IReadOnlyDictionary<string, FragmentDefinitionNode> fragments,
        IReadOnlyDictionary<string, object?>? conditions,
        ObjectType root,
        SelectionSetNode selection)
    {
        (_schema, _fragments, _conditions) = (schema, fragments, conditions);
        Root = Collect(root, [selection]);
    }

    public SelectionPlan Root { get; }

    // How many fields keep arguments; it may grow while requests run.
    public int Slots => Volatile.Read(ref _slots);

    public int TakeSlot() => Interlocked.Increment(ref _slots) - 1;

    public SelectionPlan Collect(ObjectType type, ImmutableArray<SelectionSetNode> sets)
    {
        var groups = new OrderedDictionary<string, List<FieldNode>>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            foreach (var set in sets)
            {
                Collect(type, set, groups, visited);
            }
        }
        catch (GraphQLException error)
        {
            return new SelectionPlan([], error);
        }
        var fields = new List<FieldPlan>(groups.Count);
        foreach (var (key, nodes) in groups)
        {
            // What no rule let pass has no place in the answer.
            if (_schema.FindField(type, nodes[0].Name.Value) is { } definition)
            {
                fields.Add(new FieldPlan(this, key, type, definition, [.. nodes], fields.Count == 0));
            }
        }
        return new SelectionPlan([.. fields]);
    }

    private void Collect(
        ObjectType type, SelectionSetNode set, OrderedDictionary<string, List<FieldNode>> groups, HashSet<string> visited)
    {
        var cursor = new SelectionCursor<ObjectType>(type, set);
        while (cursor.Next() is { } selection)
        {
            switch (selection)
            {
                case FieldNode field when IsIncluded(field):
                    if (!groups.TryGetValue(field.ResponseKey, out var nodes))
                    {
                        groups[field.ResponseKey] = nodes = [];
                    }
                    nodes.Add(field);
                    break;
                case InlineFragmentNode inline when IsIncluded(inline) && Fits(inline.TypeCondition, type):
                    cursor.Enter(type, inline.SelectionSet);
                    break;
                case FragmentSpreadNode spread when !visited.Contains(spread.Name.Value) && IsIncluded(spread):
                    visited.Add(spread.Name.Value);
                    if (_fragments.TryGetValue(spread.Name.Value, out var fragment) && Fits(fragment.TypeCondition, type))
                    {
                        cursor.Enter(type, fragment.SelectionSet);
                    }
                    break;
            }
        }
    }

    private bool Fits(NamedTypeNode? condition, ObjectType type) =>
        condition is null
        || (_schema.FindType(condition.Name.Value) is { } wide && (wide == type || Schema.IsPossible(wide, type)));

    // Sections 3.13.1 and 3.13.2: both are asked, skip first.
    private bool IsIncluded(SelectionNode node) =>
        node.Directives.IsEmpty || (Ask(node, Introspection.Skip) is not true && Ask(node, Introspection.Include) is not false);

    private object? Ask(SelectionNode node, DirectiveDefinition directive)
    {
        foreach (var given in node.Directives)
        {
            if (given.Name.Value == directive.Name)
            {
                return ArgumentPlan.Coerce(directive.Arguments[0], given.Arguments, given.Location, _conditions);
            }
        }
        return null;
    }
}
