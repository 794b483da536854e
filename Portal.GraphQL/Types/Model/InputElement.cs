using System.Collections.Frozen;
using System.Collections.Immutable;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>What takes a value from a request: an argument or a field of an input object. Specification, section 3.6.1.</summary>
public abstract class InputElement : SchemaElement
{
    private readonly DefaultValue _default;

    private protected InputElement(
        string name,
        string? description,
        GraphType type,
        string? deprecationReason,
        InputValueDefinitionNode node,
        ElementNotes? notes)
        : base(name, description, node.Directives, notes)
    {
        (Type, DeprecationReason, Node) = (type, deprecationReason, node);
        _default = new DefaultValue(node.DefaultValue, type);
    }

    /// <summary>Its place in its list.</summary>
    public int Index { get; internal set; }

    /// <summary>What it takes.</summary>
    public GraphType Type { get; }

    /// <summary>Why it should not be used any more; null when it may be. Section 3.13.3.</summary>
    public string? DeprecationReason { get; }

    /// <summary>Where it is defined.</summary>
    public InputValueDefinitionNode Node { get; }

    /// <summary>Whether there is a default value, null being one. A value that does not fit the type is none.</summary>
    public bool HasDefault => _default.Exists;

    /// <summary>What resolvers get when the request says nothing; the same object for all requests.</summary>
    public object? DefaultValue => _default.Value;

    /// <summary>The default value as introspection shows it; null if there is none. Section 4.2.4.</summary>
    public ValueNode? DefaultLiteral => _default.Literal;

    /// <summary>The default value as text; null if there is none.</summary>
    public string? DefaultText => _default.Text;

    /// <summary>Whether a request must say it: no null, no default.</summary>
    public bool IsRequired => Type.IsNonNull && !HasDefault;

    // The value before Construct, for the printer.
    internal object? BareDefault => _default.Bare;
}

/// <summary>An argument of a field or a directive. Specification, section 3.6.1.</summary>
public sealed class ArgumentDefinition : InputElement
{
    internal ArgumentDefinition(
        string name,
        string? description,
        GraphType type,
        string? deprecationReason,
        InputValueDefinitionNode node,
        ElementNotes? notes)
        : base(name, description, type, deprecationReason, node, notes)
    {
    }

    internal static FrozenDictionary<string, ArgumentDefinition> Number(ImmutableArray<ArgumentDefinition> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i].Index = i;
        }
        return arguments.ToFrozenDictionary(argument => argument.Name);
    }
}

/// <summary>A field of an input object. Specification, section 3.10.</summary>
public sealed class InputField : InputElement
{
    internal InputField(
        string name,
        string? description,
        GraphType type,
        string? deprecationReason,
        InputValueDefinitionNode node,
        ElementNotes? notes)
        : base(name, description, type, deprecationReason, node, notes)
    {
    }
}
