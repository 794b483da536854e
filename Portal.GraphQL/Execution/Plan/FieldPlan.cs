using System.Collections.Immutable;
using System.Text;
using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>How a field gets its value.</summary>
internal enum FieldWay
{
    // The value is a part of the opening.
    Constant,
    Write,
    Read,
    Resolve,
}

/// <summary>One key of an answer: all that can be known of it before a request comes. Specification, section 6.4.</summary>
internal sealed class FieldPlan
{
    private readonly VariantPlan _variant;
    private (ObjectType Type, SelectionPlan Plan)[] _selections = [];

    public FieldPlan(
        VariantPlan variant,
        string key,
        ObjectType parent,
        FieldDefinition definition,
        ImmutableArray<FieldNode> nodes,
        bool isFirst)
    {
        _variant = variant;
        (Key, Parent, Definition, Nodes) = (key, parent, definition, nodes);
        Shape = new ValueShape(definition.Type);
        Arguments = definition.Arguments.IsEmpty ? null : new ArgumentPlan(definition, nodes[0]);
        ArgumentSlot = Arguments is { IsConstant: false } ? variant.TakeSlot() : -1;
        Authorizer = FieldAuthorization.Of(parent, definition);
        Opening = Encoding.UTF8.GetBytes($"{(isFirst ? '{' : ',')}\"{key}\":");
        Resolver = definition.Resolver;
        if (definition == Introspection.TypeName)
        {
            (Way, Opening) = (FieldWay.Constant, [.. Opening, .. parent.JsonName.Span]);
        }
        else if (Authorizer is not null)
        {
            Way = FieldWay.Resolve;
            Resolver ??= Definition.Read is { } given ? context => new(given(context.Parent)) : context =>
                new(DefaultReader.Read(context.Parent, context.Field.Name));
        }
        else if (definition.Write is { } write && Shape.IsLeaf)
        {
            (Way, Write) = (FieldWay.Write, write);
        }
        else if (definition.Read is not null || Resolver is null)
        {
            Way = FieldWay.Read;
            Read = definition.Read ?? (source => DefaultReader.Read(source, definition.Name));
        }
        else
        {
            Way = FieldWay.Resolve;
        }
    }

    public string Key { get; }

    // A brace or a comma, the key and a colon, in UTF-8.
    public byte[] Opening { get; }

    public FieldWay Way { get; }

    public ObjectType Parent { get; }

    public FieldDefinition Definition { get; }

    public ImmutableArray<FieldNode> Nodes { get; }

    public ValueShape Shape { get; }

    public LeafWriter? Write { get; }

    public Func<object?, object?>? Read { get; }

    public FieldResolver? Resolver { get; }

    public FieldAuthorizer? Authorizer { get; }

    public ArgumentPlan? Arguments { get; }

    // Where a request keeps the coerced arguments; -1 if they are the same for all requests.
    public int ArgumentSlot { get; }

    public SelectionPlan Select(ObjectType type)
    {
        foreach (var known in _selections)
        {
            if (known.Type == type)
            {
                return known.Plan;
            }
        }
        return Add(type);
    }

    private SelectionPlan Add(ObjectType type)
    {
        var plan = _variant.Collect(type, [.. Nodes.Select(node => node.SelectionSet).OfType<SelectionSetNode>()]);
        (ObjectType, SelectionPlan)[] before, after;
        do
        {
            before = _selections;
            after = [.. before, (type, plan)];
        }
        while (Interlocked.CompareExchange(ref _selections, after, before) != before);
        return plan;
    }
}
