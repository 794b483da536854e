using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <summary>
/// A part of a document. Nodes never change; a node made by hand has <see cref="Language.Location.None"/>. Compare documents
/// by what <see cref="Printer"/> makes of them, and give dictionaries of nodes a
/// <see cref="ReferenceEqualityComparer"/>: two equal nodes in different places are two nodes.
/// </summary>
public abstract record Node
{
    /// <summary>From the node's first token to its last.</summary>
    public Location Location { get; init; }
}

/// <summary>A name where it stands.</summary>
/// <param name="Value">Letters, digits and underscores, no digit first.</param>
/// <param name="Location">Where it stands.</param>
public readonly record struct NameNode(string Value, Location Location = default)
{
    /// <summary>The name itself.</summary>
    public override string ToString() => Value;
}

/// <summary>A whole document: operations, fragments, definitions and extensions of a type system, in any mixture.</summary>
/// <param name="Definitions">At least one.</param>
public sealed record DocumentNode(ImmutableArray<DefinitionNode> Definitions) : Node
{
    /// <summary>How many tokens the document had; 0 if it was made by hand.</summary>
    public int TokenCount { get; init; }
}

/// <summary>What stands at the outermost level of a document.</summary>
public abstract record DefinitionNode : Node;

/// <summary>What a request runs: an operation or a fragment.</summary>
/// <param name="Description">What its author says of it; without influence on the result.</param>
/// <param name="Directives">In their order.</param>
/// <param name="SelectionSet">What is selected.</param>
public abstract record ExecutableDefinitionNode(
    StringValueNode? Description, ImmutableArray<DirectiveNode> Directives, SelectionSetNode SelectionSet) : DefinitionNode;

/// <summary>What an operation does.</summary>
public enum OperationKind
{
    /// <summary>Reads.</summary>
    Query,

    /// <summary>Changes, then reads.</summary>
    Mutation,

    /// <summary>Follows events.</summary>
    Subscription,
}
