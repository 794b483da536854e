using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>Whole numbers of 64 bits, as numbers outside. Resolvers give and get a <c>long</c>.</summary>
internal sealed class LongScalar : ScalarCodec
{
    public override bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        value = input switch
        {
            long or int => Convert.ToInt64(input, CultureInfo.InvariantCulture),
            double number when double.IsInteger(number) && Math.Abs(number) < 1L << 62 => (long)number,
            _ => null,
        };
        problem = value is null ? $"Long cannot represent value: {TextScalars.Show(input)}" : null;
        return value is not null;
    }

    public override object Serialize(object value) => value switch
    {
        long or int or short or byte or sbyte or ushort or uint => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        ulong or BigInteger => value,
        _ => throw new LeafException($"Long cannot represent value: {TextScalars.Show(value)}"),
    };
}

/// <summary>Exact numbers, as numbers outside. Resolvers give and get a <c>decimal</c>.</summary>
internal sealed class DecimalScalar : ScalarCodec
{
    public override bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        value = input switch
        {
            long or int or decimal => Convert.ToDecimal(input, CultureInfo.InvariantCulture),
            double number when Math.Abs(number) < 7e28 => (decimal)number,
            _ => null,
        };
        problem = value is null ? $"Decimal cannot represent value: {TextScalars.Show(input)}" : null;
        return value is not null;
    }

    public override object Serialize(object value) => value is IConvertible
        ? Convert.ToDecimal(value, CultureInfo.InvariantCulture)
        : throw new LeafException($"Decimal cannot represent value: {TextScalars.Show(value)}");
}

/// <summary>Addresses. Resolvers give and get a <see cref="Uri"/>. RFC 3986.</summary>
internal sealed class UrlScalar : ScalarCodec
{
    public override bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        // On Unix a bare path passes as an address of a file.
        var isAddress = Uri.TryCreate(input as string, UriKind.Absolute, out var uri)
            && uri.OriginalString.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase);
        value = input as Uri ?? (isAddress ? uri : null);
        problem = value is null ? $"URL cannot represent value: {TextScalars.Show(input)}" : null;
        return value is not null;
    }

    public override object Serialize(object value) => value is Uri uri ? uri.OriginalString
        : value as string ?? throw new LeafException($"URL cannot represent value: {TextScalars.Show(value)}");
}

/// <summary>
/// Anything that JSON has. Resolvers get a <see cref="JsonElement"/>, and give that, or what
/// <see cref="JsonOutput.WriteValue"/> takes. RFC 8259.
/// </summary>
internal sealed class JsonScalar : ScalarCodec
{
    public override bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        using var output = new JsonOutput(256);
        output.WriteValue(input);
        value = JsonElement.Parse(output.Written.Span);
        problem = null;
        return true;
    }

    public override object Serialize(object value) => value is JsonElement json ? InputValues.FromJson(json)! : value;

    public override void Write(JsonOutput output, object value)
    {
        if (value is not JsonElement json)
        {
            output.WriteValue(value);
            return;
        }
        if (json.ValueKind == JsonValueKind.Undefined)
        {
            output.WriteNull();
            return;
        }
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteTo(writer);
    }
}

/// <summary>Files that come with a request. Resolvers get an <see cref="IUpload"/>; it is never answered.</summary>
internal sealed class UploadScalar : ScalarCodec
{
    public override bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        value = input as IUpload;
        problem = value is null ? "Upload must be a file of a multipart request." : null;
        return value is not null;
    }

    public override object Serialize(object value) => throw new LeafException("Upload is no type of answers.");
}
