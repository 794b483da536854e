using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <summary>A query, a mutation or a subscription. Specification, section 2.3.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Name">Absent in an anonymous operation.</param>
/// <param name="VariableDefinitions">In their order.</param>
/// <param name="Directives">In their order.</param>
/// <param name="SelectionSet">What is selected.</param>
public sealed record OperationDefinitionNode(
    StringValueNode? Description,
    OperationKind Operation,
    NameNode? Name,
    ImmutableArray<VariableDefinitionNode> VariableDefinitions,
    ImmutableArray<DirectiveNode> Directives,
    SelectionSetNode SelectionSet) : ExecutableDefinitionNode(Description, Directives, SelectionSet);

/// <summary>A selection with a name, to be spread in many places. Specification, section 2.8.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Name">Any name but <c>on</c>.</param>
/// <param name="TypeCondition">The type that it selects from.</param>
/// <param name="Directives">In their order.</param>
/// <param name="SelectionSet">What is selected.</param>
public sealed record FragmentDefinitionNode(
    StringValueNode? Description,
    NameNode Name,
    NamedTypeNode TypeCondition,
    ImmutableArray<DirectiveNode> Directives,
    SelectionSetNode SelectionSet) : ExecutableDefinitionNode(Description, Directives, SelectionSet);

/// <summary>A variable of an operation. Specification, section 2.10.</summary>
/// <param name="Description">What its author says of it.</param>
/// <param name="Variable">The variable.</param>
/// <param name="Type">Its type.</param>
/// <param name="DefaultValue">Used when the request says nothing; constant.</param>
/// <param name="Directives">Their arguments are constant.</param>
public sealed record VariableDefinitionNode(
    StringValueNode? Description,
    VariableNode Variable,
    TypeNode Type,
    ValueNode? DefaultValue,
    ImmutableArray<DirectiveNode> Directives) : Node;

/// <summary>What is selected of an object, between braces. Specification, section 2.4.</summary>
/// <param name="Selections">At least one.</param>
public sealed record SelectionSetNode(ImmutableArray<SelectionNode> Selections) : Node;

/// <summary>A field, a fragment by name, or a fragment in place.</summary>
/// <param name="Directives">In their order.</param>
public abstract record SelectionNode(ImmutableArray<DirectiveNode> Directives) : Node;

/// <summary>A field. Specification, section 2.5.</summary>
/// <param name="Alias">The key in the response, if it is not the name.</param>
/// <param name="Name">The field's name.</param>
/// <param name="Arguments">In their order.</param>
/// <param name="Directives">In their order.</param>
/// <param name="SelectionSet">Null for leaves.</param>
public sealed record FieldNode(
    NameNode? Alias,
    NameNode Name,
    ImmutableArray<ArgumentNode> Arguments,
    ImmutableArray<DirectiveNode> Directives,
    SelectionSetNode? SelectionSet) : SelectionNode(Directives)
{
    /// <summary>The key in the response: the alias, or else the name.</summary>
    public string ResponseKey => Alias is { } alias ? alias.Value : Name.Value;
}

/// <summary>A fragment by its name. Specification, section 2.8.</summary>
/// <param name="Name">The fragment's name.</param>
/// <param name="Directives">In their order.</param>
public sealed record FragmentSpreadNode(NameNode Name, ImmutableArray<DirectiveNode> Directives)
    : SelectionNode(Directives);

/// <summary>A fragment in place. Specification, section 2.8.2.</summary>
/// <param name="TypeCondition">Null where it only carries directives.</param>
/// <param name="Directives">In their order.</param>
/// <param name="SelectionSet">What is selected.</param>
public sealed record InlineFragmentNode(
    NamedTypeNode? TypeCondition, ImmutableArray<DirectiveNode> Directives, SelectionSetNode SelectionSet)
    : SelectionNode(Directives);

/// <summary>An argument of a field or a directive. Specification, section 2.6.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record ArgumentNode(NameNode Name, ValueNode Value) : Node;

/// <summary>A directive where it is used. Specification, section 2.12.</summary>
/// <param name="Name">Its name, without <c>@</c>.</param>
/// <param name="Arguments">In their order.</param>
public sealed record DirectiveNode(NameNode Name, ImmutableArray<ArgumentNode> Arguments) : Node;
