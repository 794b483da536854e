using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>
/// Makes a schema of definitions and of what the program adds to them. Definitions come as text or as nodes and name
/// other types by name, so that their order and their cycles do not matter; all documents together count as one. What the
/// program adds is said by schema coordinate, before or after the definition. For one thread, and for one schema.
/// Specification, sections 3 and 3.14.
/// </summary>
public sealed partial class SchemaBuilder
{
    private readonly ImmutableArray<DefinitionNode>.Builder _definitions = ImmutableArray.CreateBuilder<DefinitionNode>();
    private readonly NoteBook _notes = new();

    /// <summary>Adds definitions and extensions.</summary>
    /// <param name="sdl">A document of a type system.</param>
    /// <exception cref="SyntaxException">The text is no document.</exception>
    public SchemaBuilder Add(SourceText sdl) => Add(Parser.Parse(sdl, ParseOptions.Unlimited));

    /// <summary>Adds definitions and extensions.</summary>
    /// <param name="document">A document of a type system.</param>
    public SchemaBuilder Add(DocumentNode document)
    {
        ArgumentNullException.ThrowIfNull(document);
        _definitions.AddRange(document.Definitions);
        return this;
    }

    /// <summary>Adds a definition or an extension, for example one made by hand.</summary>
    /// <param name="definition">A definition of a type system.</param>
    public SchemaBuilder Add(DefinitionNode definition)
    {
        _definitions.Add(definition);
        return this;
    }

    /// <summary>Makes the schema. Everything is checked: the definitions, the schema, and the default values.</summary>
    /// <exception cref="SchemaException">Something is wrong; all that is wrong is in it.</exception>
    public Schema Build()
    {
        var schema = BuildUnvalidated();
        var errors = SchemaValidator.Validate(schema).AddRange(DefaultValueRules.Validate(schema));
        return errors.IsEmpty ? schema : throw new SchemaException(errors);
    }

    /// <summary>
    /// Makes the schema after a look at the definitions alone. It may break rules of section 3: ask
    /// <see cref="SchemaValidator"/> before anything else is done with it.
    /// </summary>
    /// <exception cref="SchemaException">The definitions do not go together.</exception>
    public Schema BuildUnvalidated()
    {
        var document = new DocumentNode(_definitions.ToImmutable());
        var errors = SdlValidator.Validate(document);
        if (!errors.IsEmpty)
        {
            throw new SchemaException(errors);
        }
        var assembly = new TypeAssembly(document.Definitions, _notes, Introspection.Standard);
        assembly.Complete();
        var definition = document.Definitions.OfType<SchemaDefinitionNode>().FirstOrDefault();
        var extensions = document.Definitions.OfType<SchemaExtensionNode>().ToImmutableArray();
        var parts = new SchemaParts(
            definition, extensions, assembly.Types, AllDirectives(assembly), Roots(definition, extensions, assembly),
            _notes.Take(""));
        RefuseUnused();
        return new Schema(parts);
    }

    // Without a definition of the schema the types of the usual names are its roots. Section 3.3.1.
    private static ImmutableArray<NamedType?> Roots(
        SchemaDefinitionNode? definition, ImmutableArray<SchemaExtensionNode> extensions, TypeAssembly assembly)
    {
        var roots = new NamedType?[3];
        foreach (var node in (definition?.OperationTypes ?? []).Concat(extensions.SelectMany(e => e.OperationTypes)))
        {
            roots[(int)node.Operation] = assembly.Named(node.Type);
        }
        for (var kind = OperationKind.Query; definition is null && kind <= OperationKind.Subscription; kind++)
        {
            roots[(int)kind] = assembly.Types.FirstOrDefault(type => type.Name == kind.ToString()) ?? roots[(int)kind];
        }
        return [.. roots];
    }

    private static ImmutableArray<DirectiveDefinition> AllDirectives(TypeAssembly assembly) =>
    [
        .. assembly.Directives,
        .. Introspection.Directives.Where(builtIn => assembly.Directives.All(directive => directive.Name != builtIn.Name)),
    ];

    private void RefuseUnused()
    {
        var unused = _notes.Unused.Select(coordinate => new SchemaError($"Nothing is called \"{coordinate}\".", []))
            .ToImmutableArray();
        if (!unused.IsEmpty)
        {
            throw new SchemaException(unused);
        }
    }
}
