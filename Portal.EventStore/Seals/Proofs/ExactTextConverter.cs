using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portal.EventStore;

/// <summary>JSON within JSON as it stands, to the letter. A text that would lose something on the way, such as a line's end,
/// travels in an object of its own: <c>{"portal:text": "..."}</c>.</summary>
internal sealed class ExactTextConverter : JsonConverter<string>
{
    private const string Wrapped = "portal:text";

    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return value.RootElement is { ValueKind: JsonValueKind.Object } found
            && found.TryGetProperty(Wrapped, out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()! : value.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (IsExact(value))
        {
            writer.WriteRawValue(value, skipInputValidation: true);
            return;
        }
        writer.WriteStartObject();
        writer.WriteString(Wrapped, value);
        writer.WriteEndObject();
    }

    private static bool IsExact(string text)
    {
        if (text.Length == 0 || text.AsSpan().IndexOfAny('\n', '\r') >= 0 || text.Contains(Wrapped, StringComparison.Ordinal)
            || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) return false;
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            while (reader.Read()) { }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
