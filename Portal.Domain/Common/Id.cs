using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.Domain.Common;

/// <summary>The id of a <typeparamref name="T"/>: a UUID version 7 (RFC 9562), written as 32 lower-case hex digits.</summary>
/// <typeparam name="T">What it names; keeps ids of different things apart at compile time.</typeparam>
[JsonConverter(typeof(IdJsonConverterFactory))]
public readonly record struct Id<T>(Guid Value) : IParsable<Id<T>>
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("n");

    /// <inheritdoc/>
    public static Id<T> Parse(string s, IFormatProvider? provider = null) => new(Guid.ParseExact(s, "n"));

    /// <summary>Reads an id as written by <see cref="ToString"/>; false for anything else.</summary>
    public static bool TryParse(string? s, out Id<T> result) => TryParse(s, null, out result);

    /// <inheritdoc/>
    public static bool TryParse(string? s, IFormatProvider? provider, out Id<T> result)
    {
        var known = Guid.TryParseExact(s, "n", out var value);
        result = new(value);
        return known;
    }
}

/// <summary>Writes every <see cref="Id{T}"/> as a JSON string.</summary>
public sealed class IdJsonConverterFactory : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Id<>);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Id<T>>
    {
        public override Id<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader is { TokenType: JsonTokenType.String, HasValueSequence: false, ValueIsEscaped: false, ValueSpan.Length: 32 }
                && Utf8Parser.TryParse(reader.ValueSpan, out Guid plain, out var used, 'N') && used == 32 ? new(plain)
            : Id<T>.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("An id is 32 lower-case hex digits.");

        public override void Write(Utf8JsonWriter writer, Id<T> value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
