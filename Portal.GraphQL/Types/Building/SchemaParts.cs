using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>What a schema is made of, and what it has to know of it.</summary>
internal sealed record SchemaParts(
    SchemaDefinitionNode? Definition,
    ImmutableArray<SchemaExtensionNode> Extensions,
    ImmutableArray<NamedType> Defined,
    ImmutableArray<DirectiveDefinition> Directives,
    ImmutableArray<NamedType?> Roots,
    ElementNotes? Notes)
{
    // The defined types in their order; what they need besides stands behind the first that needs it.
    public ImmutableArray<NamedType> CollectTypes()
    {
        var known = new HashSet<NamedType>(Defined);
        var types = ImmutableArray.CreateBuilder<NamedType>();
        foreach (var type in Defined)
        {
            known.Remove(type);
            Collect(type, known, types);
        }
        foreach (var argument in Directives.SelectMany(directive => directive.Arguments))
        {
            Collect(argument.Type.Named, known, types);
        }
        Collect(Introspection.Types[0], known, types);
        return types.ToImmutable();
    }

    public int NumberObjects(ImmutableArray<NamedType> types)
    {
        var next = Introspection.Types.OfType<ObjectType>().Count();
        foreach (var type in types.OfType<ObjectType>().Where(type => !type.IsIntrospection))
        {
            type.Index = next++;
        }
        return next;
    }

    public void FindPossibleTypes(ImmutableArray<NamedType> types)
    {
        var implementing = types.OfType<FieldedType>()
            .SelectMany(type => type.Interfaces.Distinct().Select(wide => (Wide: wide, Narrow: type)))
            .ToLookup(pair => pair.Wide, pair => pair.Narrow);
        foreach (var type in types)
        {
            switch (type)
            {
                case InterfaceType t:
                    t.Possible = new PossibleTypes(
                        [.. implementing[t].OfType<ObjectType>()], [.. implementing[t].OfType<InterfaceType>()]);
                    break;
                case UnionType t:
                    t.Possible = new PossibleTypes([.. t.Members.OfType<ObjectType>()], [.. t.Members.OfType<InterfaceType>()]);
                    break;
            }
        }
    }

    private static void Collect(NamedType type, HashSet<NamedType> known, ImmutableArray<NamedType>.Builder types)
    {
        if (!known.Add(type))
        {
            return;
        }
        types.Add(type);
        foreach (var needed in Needed(type))
        {
            Collect(needed.Named, known, types);
        }
    }

    private static IEnumerable<GraphType> Needed(NamedType type) => type switch
    {
        UnionType t => t.Members,
        FieldedType t => t.Interfaces.Concat(t.Fields.SelectMany(
            field => field.Arguments.Select(argument => argument.Type).Prepend(field.Type))),
        InputObjectType t => t.Fields.Select(field => field.Type),
        _ => [],
    };
}
