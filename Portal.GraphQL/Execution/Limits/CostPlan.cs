using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>
/// How much an operation may ask for at most, worked out once; only sizes that come as variables are left open. All
/// conditions are taken to be met, and what is selected of different types is taken together.
/// </summary>
internal sealed class CostPlan
{
    private readonly CostNode _root;
    private readonly double? _constant;

    public CostPlan(CostNode root, bool isConstant, GraphQLError? refusal)
    {
        (_root, Refusal) = (root, refusal);
        _constant = isConstant && refusal is null ? root.CostOf(null, null) : null;
    }

    // What is refused whatever the variables are.
    public GraphQLError? Refusal { get; }

    public double CostOf(IReadOnlyDictionary<string, object?>? variables) => _constant ?? _root.CostOf(variables, null);
}

/// <summary>A field in the reckoning: what it costs itself, and how often what is below it counts.</summary>
internal sealed class CostNode(FieldNode? node, FieldDefinition? field, ListSize? size, double defaultSize)
{
    private readonly double _weight = field is null ? 0 : CostNotes.WeightOf(field);
    private readonly double _object = field is null ? 0 : CostNotes.WeightOf(field.Type.Named);
    private readonly int _lists = Lists(field?.Type);

    public List<CostNode> Children { get; } = [];

    public bool IsConstant => size is null || node is null || size.IsConstant(node);

    public double CostOf(IReadOnlyDictionary<string, object?>? variables, double? given)
    {
        var asked = size is null || node is null || field is null ? null : size.SizeOf(node, field, variables);
        var count = _lists == 0 ? 1 : asked ?? given ?? defaultSize;
        for (var i = 1; i < _lists; i++)
        {
            count *= defaultSize;
        }
        // A connection has the size of what is in it.
        var below = _object;
        foreach (var child in Children)
        {
            var isSized = _lists == 0 && asked is not null && size!.Sizes(child.Name);
            below += child.CostOf(variables, isSized ? asked : null);
        }
        return _weight + (count * below);
    }

    private string Name => node?.Name.Value ?? "";

    private static int Lists(GraphType? type) => type switch
    {
        ListType list => 1 + Lists(list.Item),
        NonNullType nonNull => Lists(nonNull.Inner),
        _ => 0,
    };
}
