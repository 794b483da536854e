using System.Diagnostics.CodeAnalysis;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>
/// How the values of a scalar are read and written. This one takes everything as it comes; a scalar with rules overrides
/// what it needs. One codec serves all requests at the same time. Specification, section 3.5.
/// </summary>
public class ScalarCodec
{
    /// <summary>Takes every value, as a scalar of which nothing is known.</summary>
    public static ScalarCodec Any { get; } = new();

    /// <summary>Takes a value of a variable. Section 3.5, input coercion.</summary>
    /// <param name="input">As <see cref="InputValues"/> describes; not null.</param>
    /// <param name="value">What resolvers get.</param>
    /// <param name="problem">A sentence for the client.</param>
    public virtual bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        (value, problem) = (input, null);
        return true;
    }

    /// <summary>Takes a value of a document. Without an override it is read as a variable's value would be.</summary>
    /// <param name="node">Neither a variable nor null; a list or an object may hold variables.</param>
    /// <param name="variables">The values of variables as the request gave them, by name; null if there are none.</param>
    /// <param name="value">What resolvers get.</param>
    /// <param name="problem">A sentence for the client.</param>
    public virtual bool TryParseLiteral(
        ValueNode node,
        IReadOnlyDictionary<string, object?>? variables,
        out object? value,
        [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(node);
        return TryParseValue(Literals.Untyped(node, variables) ?? "", out value, out problem);
    }

    /// <summary>
    /// What a resolver gave, as JSON has it: bool, int, long, double, decimal, string, or a dictionary or list of those.
    /// Section 3.5, result coercion.
    /// </summary>
    /// <param name="value">What a resolver gave; not null.</param>
    /// <exception cref="LeafException">The scalar has no such value.</exception>
    public virtual object Serialize(object value) => value;

    /// <summary>Writes what a resolver gave. Override it where it can be done without <see cref="Serialize"/>.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="value">What a resolver gave; not null.</param>
    /// <exception cref="LeafException">The scalar has no such value; nothing was written.</exception>
    public virtual void Write(JsonOutput output, object value)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteValue(Serialize(value));
    }
}

/// <summary>
/// A resolver gave what its scalar or enum cannot hold: a fault of the program, answered as an error of that field.
/// Specification, section 6.4.4.
/// </summary>
/// <param name="message">A sentence for the client.</param>
public sealed class LeafException(string message) : Exception(message);
