using System.Collections.Frozen;
using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>A directive that a schema knows. Specification, section 3.13.</summary>
public sealed class DirectiveDefinition : SchemaElement
{
    private readonly FrozenDictionary<string, ArgumentDefinition> _byName;

    internal DirectiveDefinition(
        string name,
        string? description,
        ImmutableArray<string> locations,
        ImmutableArray<ArgumentDefinition> arguments,
        bool isRepeatable,
        DirectiveDefinitionNode node,
        ElementNotes? notes)
        : base(name, description, [], notes)
    {
        (Locations, Arguments, IsRepeatable, Node) = (locations, arguments, isRepeatable, node);
        _byName = ArgumentDefinition.Number(arguments);
    }

    /// <summary>Where it may stand: names of <see cref="DirectiveLocations"/>, in the order of the definition.</summary>
    public ImmutableArray<string> Locations { get; }

    /// <summary>In the order of their definitions.</summary>
    public ImmutableArray<ArgumentDefinition> Arguments { get; }

    /// <summary>Whether it may stand more than once in one place.</summary>
    public bool IsRepeatable { get; }

    /// <summary>Where it is defined.</summary>
    public DirectiveDefinitionNode Node { get; }

    /// <summary>The argument of that name, or null.</summary>
    /// <param name="name">The argument's name.</param>
    public ArgumentDefinition? FindArgument(string name) => _byName.GetValueOrDefault(name);
}
