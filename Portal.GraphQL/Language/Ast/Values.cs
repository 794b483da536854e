using System.Collections.Immutable;

namespace Portal.GraphQL.Language;

/// <summary>A value as written. What it means is for the type to say. Specification, section 2.9.</summary>
public abstract record ValueNode : Node;

/// <summary>A variable where it is used.</summary>
/// <param name="Name">Its name, without <c>$</c>.</param>
public sealed record VariableNode(NameNode Name) : ValueNode;

/// <summary>A whole number.</summary>
/// <param name="Text">As written: of any length, whatever the type can hold.</param>
public sealed record IntValueNode(string Text) : ValueNode;

/// <summary>A number with fraction, exponent or both.</summary>
/// <param name="Text">As written.</param>
public sealed record FloatValueNode(string Text) : ValueNode;

/// <summary>A string.</summary>
/// <param name="Value">What it says, escapes and indentation resolved.</param>
/// <param name="IsBlock">Written between triple quotation marks.</param>
public sealed record StringValueNode(string Value, bool IsBlock = false) : ValueNode;

/// <summary><c>true</c> or <c>false</c>.</summary>
/// <param name="Value">Which.</param>
public sealed record BooleanValueNode(bool Value) : ValueNode;

/// <summary><c>null</c>.</summary>
public sealed record NullValueNode : ValueNode;

/// <summary>A name in the place of a value.</summary>
/// <param name="Name">Any but <c>true</c>, <c>false</c> and <c>null</c>.</param>
public sealed record EnumValueNode(string Name) : ValueNode;

/// <summary>A list of values.</summary>
/// <param name="Items">In their order; may be empty.</param>
public sealed record ListValueNode(ImmutableArray<ValueNode> Items) : ValueNode;

/// <summary>An input object.</summary>
/// <param name="Fields">In their order; may be empty; names may repeat, which validation refuses.</param>
public sealed record ObjectValueNode(ImmutableArray<ObjectFieldNode> Fields) : ValueNode;

/// <summary>A field of an input object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record ObjectFieldNode(NameNode Name, ValueNode Value) : Node;
