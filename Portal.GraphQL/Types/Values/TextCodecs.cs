using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>Text. Specification, section 3.5.3. Resolvers get a <c>string</c>.</summary>
internal sealed class StringCodec : ScalarCodec
{
    public override bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        value = input as string;
        problem = value is null ? $"String cannot represent a non string value: {Inspection.Of(input)}" : null;
        return value is not null;
    }

    public override bool TryParseLiteral(
        ValueNode node,
        IReadOnlyDictionary<string, object?>? variables,
        out object? value,
        [NotNullWhen(false)] out string? problem)
    {
        value = (node as StringValueNode)?.Value;
        problem = value is null ? $"String cannot represent a non string value: {Printer.Print(node)}" : null;
        return value is not null;
    }

    public override object Serialize(object value) => value switch
    {
        string text => text,
        bool truth => truth ? "true" : "false",
        Guid or Uri or char => value.ToString()!,
        long or int or BigInteger or decimal => ((IFormattable)value).ToString(null, null),
        _ when Numbers.TryGet(value, out var number) && double.IsFinite(number) => Numbers.Format(number),
        _ => throw new LeafException($"String cannot represent value: {Inspection.Of(value)}"),
    };

    public override void Write(JsonOutput output, object value) =>
        output.WriteString(value as string ?? (string)Serialize(value));
}

/// <summary>True or false. Specification, section 3.5.4. Resolvers get a <c>bool</c>.</summary>
internal sealed class BooleanCodec : ScalarCodec
{
    private static readonly object True = true;
    private static readonly object False = false;

    public override bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        value = input is bool truth ? truth ? True : False : null;
        problem = value is null ? $"Boolean cannot represent a non boolean value: {Inspection.Of(input)}" : null;
        return value is not null;
    }

    public override bool TryParseLiteral(
        ValueNode node,
        IReadOnlyDictionary<string, object?>? variables,
        out object? value,
        [NotNullWhen(false)] out string? problem)
    {
        value = node is BooleanValueNode truth ? truth.Value ? True : False : null;
        problem = value is null ? $"Boolean cannot represent a non boolean value: {Printer.Print(node)}" : null;
        return value is not null;
    }

    public override object Serialize(object value) => ToBool(value) ? True : False;

    public override void Write(JsonOutput output, object value) => output.WriteBoolean(ToBool(value));

    private static bool ToBool(object value) => value switch
    {
        bool truth => truth,
        _ when Numbers.TryGet(value, out var number) && double.IsFinite(number) => number != 0,
        _ => throw new LeafException($"Boolean cannot represent a non boolean value: {Inspection.Of(value)}"),
    };
}

/// <summary>Names of objects, always a string outside. Specification, section 3.5.5. Resolvers get a <c>string</c>.</summary>
internal sealed class IdCodec : ScalarCodec
{
    public override bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        value = input switch
        {
            string text => text,
            long or int or BigInteger => input.ToString(),
            _ when Numbers.TryGet(input, out var number) && double.IsInteger(number) => Numbers.Format(number),
            _ => null,
        };
        problem = value is null ? $"ID cannot represent value: {Inspection.Of(input)}" : null;
        return value is not null;
    }

    public override bool TryParseLiteral(
        ValueNode node,
        IReadOnlyDictionary<string, object?>? variables,
        out object? value,
        [NotNullWhen(false)] out string? problem)
    {
        value = node switch
        {
            StringValueNode text => text.Value,
            IntValueNode whole => whole.Text,
            _ => null,
        };
        problem = value is null ? $"ID cannot represent a non-string and non-integer value: {Printer.Print(node)}" : null;
        return value is not null;
    }

    public override object Serialize(object value) => value switch
    {
        string text => text,
        Guid or Uri => value.ToString()!,
        long or int or BigInteger => ((IFormattable)value).ToString(null, null),
        _ when Numbers.TryGet(value, out var number) && double.IsInteger(number) => Numbers.Format(number),
        _ => throw new LeafException($"ID cannot represent value: {Inspection.Of(value)}"),
    };

    public override void Write(JsonOutput output, object value) =>
        output.WriteString(value as string ?? (string)Serialize(value));
}
