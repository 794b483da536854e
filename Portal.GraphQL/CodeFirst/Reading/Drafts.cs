using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>An argument or an input field to be.</summary>
internal sealed record InputDraft(
    string Name, TypeNode Type, string? Description = null, ValueNode? Default = null, params DirectiveNode[] Directives)
{
    public InputValueDefinitionNode Node =>
        new(Names.Text(Description), new NameNode(Name), Type, Default, [.. Directives]);
}

/// <summary>A field to be, and what the program adds to it once the name of its type is known.</summary>
internal sealed record FieldDraft(string Name, TypeNode Type, string? Description, Action<SchemaBuilder, string>? Notes)
{
    public List<InputDraft> Arguments { get; } = [];

    public DirectiveNode[] Directives { get; init; } = [];

    public FieldDefinitionNode Node => new(
        Names.Text(Description), new NameNode(Name), [.. Arguments.Select(argument => argument.Node)], Type, [.. Directives]);
}

/// <summary>An object or an interface to be.</summary>
internal sealed class TypeDraft(string name, Type? type, bool isInterface = false)
{
    public string Name { get; } = name;

    // Null for types that no class stands behind.
    public Type? Class { get; } = type;

    public bool IsInterface { get; } = isInterface;

    public string? Description { get; init; }

    public bool IsNode { get; set; }

    public OrderedDictionary<string, FieldDraft> Fields { get; } = [];

    public SortedSet<string> Interfaces { get; } = new(StringComparer.Ordinal);

    public List<Action<SchemaBuilder>> Notes { get; } = [];

    public TypeDefinitionNode Node
    {
        get
        {
            var fields = Fields.Values.Select(member => member.Node);
            var interfaces = Interfaces.Where(other => other != Name).Select(Names.Type);
            return IsInterface
                ? new InterfaceTypeDefinitionNode(Names.Text(Description), new NameNode(Name), [.. interfaces], [], [.. fields])
                : new ObjectTypeDefinitionNode(Names.Text(Description), new NameNode(Name), [.. interfaces], [], [.. fields]);
        }
    }

    // Of two fields of one name the first stays: what a class of resolvers says goes before the property.
    public void Add(FieldDraft field) => Fields.TryAdd(field.Name, field);

    // Of what is not described here the interface's description holds.
    public void Describe(TypeDraft wide)
    {
        foreach (var field in wide.Fields.Values)
        {
            if (Fields.TryGetValue(field.Name, out var own) && own.Description is null)
            {
                Fields[field.Name] = own with { Description = field.Description };
            }
        }
    }

    // Of methods there is one of each name, in all classes together.
    public void AddOnly(FieldDraft field)
    {
        if (!Fields.TryAdd(field.Name, field))
        {
            throw new SchemaException([new SchemaError($"Two methods are called \"{Name}.{field.Name}\".", [])]);
        }
    }
}
