using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Portal.GraphQL.Language;

namespace Portal.GraphQL.Types;

/// <summary>Whole numbers of 32 bits. Specification, section 3.5.1. Resolvers get an <c>int</c>.</summary>
internal sealed class IntCodec : ScalarCodec
{
    public override bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        value = null;
        if (!Numbers.TryGet(input, out var number) || !double.IsInteger(number))
        {
            problem = $"Int cannot represent non-integer value: {Inspection.Of(input)}";
            return false;
        }
        return Fit(number, Inspection.Of(input), out value, out problem);
    }

    public override bool TryParseLiteral(
        ValueNode node,
        IReadOnlyDictionary<string, object?>? variables,
        out object? value,
        [NotNullWhen(false)] out string? problem)
    {
        value = null;
        if (node is not IntValueNode number)
        {
            problem = $"Int cannot represent non-integer value: {Printer.Print(node)}";
            return false;
        }
        return Fit(double.Parse(number.Text, CultureInfo.InvariantCulture), number.Text, out value, out problem);
    }

    public override object Serialize(object value) => ToInt(value);

    public override void Write(JsonOutput output, object value) =>
        output.WriteNumber(value is int number ? number : ToInt(value));

    private static bool Fit(double number, string text, out object? value, out string? problem)
    {
        var fits = number is >= int.MinValue and <= int.MaxValue;
        value = fits ? (int)number : null;
        problem = fits ? null : $"Int cannot represent non 32-bit signed integer value: {text}";
        return fits;
    }

    private static int ToInt(object value) => value switch
    {
        int number => number,
        bool truth => truth ? 1 : 0,
        _ when !Numbers.TryGetLenient(value, out var number) || !double.IsInteger(number) =>
            throw new LeafException($"Int cannot represent non-integer value: {Inspection.Of(value)}"),
        _ when Numbers.Of(value) is < int.MinValue or > int.MaxValue =>
            throw new LeafException($"Int cannot represent non 32-bit signed integer value: {Inspection.Of(value)}"),
        _ => (int)Numbers.Of(value),
    };
}

/// <summary>Numbers of double precision. Specification, section 3.5.2. Resolvers get a <c>double</c>.</summary>
internal sealed class FloatCodec : ScalarCodec
{
    public override bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        var fits = Numbers.TryGet(input, out var number) && double.IsFinite(number);
        value = fits ? number : null;
        problem = fits ? null : $"Float cannot represent non numeric value: {Inspection.Of(input)}";
        return fits;
    }

    public override bool TryParseLiteral(
        ValueNode node,
        IReadOnlyDictionary<string, object?>? variables,
        out object? value,
        [NotNullWhen(false)] out string? problem)
    {
        var text = node switch
        {
            IntValueNode whole => whole.Text,
            FloatValueNode other => other.Text,
            _ => null,
        };
        value = text is null ? null : double.Parse(text, CultureInfo.InvariantCulture);
        problem = text is null ? $"Float cannot represent non numeric value: {Printer.Print(node)}" : null;
        return text is not null;
    }

    public override object Serialize(object value) => ToDouble(value);

    public override void Write(JsonOutput output, object value)
    {
        if (value is decimal exact)
        {
            output.WriteNumber(exact);
        }
        else
        {
            output.WriteNumber(ToDouble(value));
        }
    }

    private static double ToDouble(object value) => value switch
    {
        bool truth => truth ? 1 : 0,
        _ when Numbers.TryGetLenient(value, out var number) && double.IsFinite(number) => number,
        _ => throw new LeafException($"Float cannot represent non numeric value: {Inspection.Of(value)}"),
    };
}
