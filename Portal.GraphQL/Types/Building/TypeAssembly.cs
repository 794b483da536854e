using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>
/// Makes types of definitions and their extensions: first every type without what it refers to, then the rest. What the
/// definitions may hold was checked before. Specification, sections 3.4 and 3.4.3.
/// </summary>
internal sealed partial class TypeAssembly
{
    private readonly NoteBook _notes;
    private readonly Dictionary<string, NamedType> _byName;
    private readonly ILookup<string, TypeExtensionNode> _extensions;
    private readonly ImmutableArray<DefinitionNode> _definitions;
    private readonly bool _isIntrospection;

    public TypeAssembly(
        ImmutableArray<DefinitionNode> definitions,
        NoteBook notes,
        IReadOnlyDictionary<string, NamedType> given,
        bool isIntrospection = false)
    {
        (_definitions, _notes, _isIntrospection) = (definitions, notes, isIntrospection);
        _byName = new Dictionary<string, NamedType>(given, StringComparer.Ordinal);
        _extensions = definitions.OfType<TypeExtensionNode>().ToLookup(extension => extension.Name.Value);
        var types = ImmutableArray.CreateBuilder<NamedType>();
        foreach (var node in definitions.OfType<TypeDefinitionNode>())
        {
            // A standard type that is defined again stays what it is.
            if (!_byName.TryGetValue(node.Name.Value, out var type))
            {
                _byName[node.Name.Value] = type = Begin(node);
            }
            types.Add(type);
        }
        Types = types.ToImmutable();
    }

    public ImmutableArray<NamedType> Types { get; }

    public ImmutableArray<DirectiveDefinition> Directives { get; private set; } = [];

    public NamedType Named(NamedTypeNode node) => _byName.TryGetValue(node.Name.Value, out var type)
        ? type
        : throw new SchemaException($"Unknown type: \"{node.Name.Value}\".", node.Location);

    public GraphType TypeOf(TypeNode node) => node switch
    {
        ListTypeNode list => TypeOf(list.Item).List,
        NonNullTypeNode nonNull => TypeOf(nonNull.Inner).NonNull,
        _ => Named((NamedTypeNode)node),
    };

    public void Complete()
    {
        foreach (var type in Types.Where(type => type.Node is not null && type.IsIntrospection == _isIntrospection))
        {
            Complete(type);
        }
        Directives = [.. _definitions.OfType<DirectiveDefinitionNode>().Select(MakeDirective)];
        // Now that all types stand, what they have as defaults is taken once and for all.
        foreach (var element in Types.SelectMany(Inputs).Concat(Directives.SelectMany(directive => directive.Arguments)))
        {
            _ = element.HasDefault;
        }
    }

    private static IEnumerable<InputElement> Inputs(NamedType type) => type switch
    {
        FieldedType t => t.Fields.SelectMany(field => field.Arguments),
        InputObjectType t => t.Fields,
        _ => [],
    };

    private NamedType Begin(TypeDefinitionNode node)
    {
        var (name, text, notes) = (node.Name.Value, node.Description?.Value, _notes.Take(node.Name.Value));
        var more = _extensions[name].ToImmutableArray();
        var directives = node.Directives.AddRange(more.SelectMany(extension => extension.Directives));
        return node switch
        {
            ScalarTypeDefinitionNode n => new ScalarType(
                name, text, notes?.Codec ?? ScalarCodec.Any, BuiltInDirectives.SpecifiedBy(directives), n, more, notes),
            ObjectTypeDefinitionNode n => new ObjectType(name, text, n, more, notes) { IsIntrospection = _isIntrospection },
            InterfaceTypeDefinitionNode n => new InterfaceType(name, text, n, more, notes),
            UnionTypeDefinitionNode n => new UnionType(name, text, n, more, notes),
            EnumTypeDefinitionNode n => new EnumType(name, text, MakeValues(n, more), n, more, notes)
            {
                IsIntrospection = _isIntrospection,
            },
            InputObjectTypeDefinitionNode n => new InputObjectType(
                name, text, n, more, BuiltInDirectives.IsOneOf(directives), notes),
            _ => throw new ArgumentException($"{node.GetType().Name} defines no type.", nameof(node)),
        };
    }
}
