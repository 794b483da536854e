using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>
/// Goes once through an operation with its fragments in place. It ends where a limit is broken, so that no document can
/// make it long.
/// </summary>
internal sealed class CostWalk(
    Schema schema, ExecutorOptions options, IReadOnlyDictionary<string, FragmentDefinitionNode> fragments)
{
    // As the reference has it: deeper, and the answer grows with a power of the schema.
    private const int MostIntrospectionLists = 3;

    // No type is wrapped as often; fragments could nest it until the stack is exhausted.
    private const int MostIntrospectionDepth = 100;

    private static readonly HashSet<string> IntrospectionLists =
        new(StringComparer.Ordinal) { "fields", "interfaces", "possibleTypes", "inputFields" };

    private readonly CostNode _root = new(null, null, null, options.DefaultListSize);
    private int _fields;
    private int _aliases;
    private bool _isConstant = true;
    private GraphQLError? _refusal;

    public CostPlan Walk(OperationPlan plan)
    {
        if (plan.Root is { } root)
        {
            Descend(_root, [(root, plan.Node.SelectionSet)], 1, -1);
        }
        return new CostPlan(_root, _isConstant, _refusal);
    }

    // Lists of introspection are counted from 0 below a meta field; -1 is elsewhere.
    private void Descend(CostNode into, List<(NamedType Type, SelectionSetNode Set)> sets, int depth, int lists)
    {
        var groups = new OrderedDictionary<string, List<(NamedType Type, FieldNode Node)>>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (type, set) in sets)
        {
            Collect(type, set, groups, visited);
        }
        foreach (var (key, nodes) in groups)
        {
            if (_refusal is not null)
            {
                return;
            }
            Visit(into, key, nodes, depth, lists);
        }
    }

    private void Visit(CostNode into, string key, List<(NamedType Type, FieldNode Node)> nodes, int depth, int lists)
    {
        var first = nodes[0].Node;
        if (schema.FindField(nodes[0].Type, first.Name.Value) is not { } field)
        {
            return;
        }
        lists = field == Introspection.SchemaField || field == Introspection.TypeField ? 0
            : lists >= 0 && IntrospectionLists.Contains(field.Name) ? lists + 1
            : lists;
        _fields++;
        _aliases += first.Alias is not null && key != first.Name.Value ? 1 : 0;
        Check(depth, lists, first);
        var size = lists >= 0 ? null : CostNotes.SizeOf(field);
        var node = new CostNode(first, lists >= 0 ? null : field, size, options.DefaultListSize);
        _isConstant &= node.IsConstant;
        into.Children.Add(node);
        var below = new List<(NamedType, SelectionSetNode)>();
        foreach (var (type, one) in nodes)
        {
            if (one.SelectionSet is { } set && schema.FindField(type, one.Name.Value) is { } own)
            {
                below.Add((own.Type.Named, set));
            }
        }
        if (below.Count > 0)
        {
            Descend(node, below, depth + 1, lists);
        }
    }

    private void Check(int depth, int lists, FieldNode node) => _refusal ??=
        depth > (lists < 0 ? options.MaxDepth : MostIntrospectionDepth) ? Tell(
            ErrorCodes.TooDeep, $"Fields are nested more than {depth - 1} levels deep.", node)
        : _fields > options.MaxFields ? Tell(
            ErrorCodes.TooManyFields, $"More than {options.MaxFields} fields are selected.", node)
        : _aliases > options.MaxAliases ? Tell(
            ErrorCodes.TooManyAliases, $"More than {options.MaxAliases} aliases are used.", node)
        : lists >= 0 && !options.AllowsIntrospection ? Tell(
            ErrorCodes.NoIntrospection, $"The schema is not shown here: \"{node.Name}\" is not allowed.", node)
        : lists >= MostIntrospectionLists ? Tell(ErrorCodes.TooDeep, "Maximum introspection depth exceeded", node)
        : null;

    private void Collect(
        NamedType type,
        SelectionSetNode set,
        OrderedDictionary<string, List<(NamedType Type, FieldNode Node)>> groups,
        HashSet<string> visited)
    {
        var cursor = new SelectionCursor<NamedType>(type, set);
        while (cursor.Next() is { } selection)
        {
            switch (selection)
            {
                case FieldNode field:
                    if (!groups.TryGetValue(field.ResponseKey, out var nodes))
                    {
                        groups[field.ResponseKey] = nodes = [];
                    }
                    nodes.Add((cursor.Scope, field));
                    break;
                case InlineFragmentNode inline:
                    cursor.Enter(TypeOf(inline.TypeCondition, cursor.Scope), inline.SelectionSet);
                    break;
                case FragmentSpreadNode spread when visited.Add(spread.Name.Value)
                    && fragments.TryGetValue(spread.Name.Value, out var fragment):
                    cursor.Enter(TypeOf(fragment.TypeCondition, cursor.Scope), fragment.SelectionSet);
                    break;
            }
        }
    }

    private NamedType TypeOf(NamedTypeNode? condition, NamedType type) =>
        condition is not null && schema.FindType(condition.Name.Value) is { } narrower ? narrower : type;

    private static GraphQLError Tell(string code, string message, FieldNode node) =>
        GraphQLError.Of(code, message, node.Location);
}
