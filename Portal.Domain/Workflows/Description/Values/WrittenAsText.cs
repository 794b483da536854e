using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>A value that is written as one text and read back from it, in JSON too.</summary>
/// <typeparam name="T">The value itself.</typeparam>
public interface IWrittenAsText<T>
    where T : class, IWrittenAsText<T>
{
    /// <summary>Reads the text; problems carry no place, the caller knows it.</summary>
    static abstract Result<T> Parse(string text);
}

/// <summary>
/// Writes such a value as a JSON string and reads it back; a string that is none is a <see cref="JsonException"/>.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class WrittenAsTextConverter<T> : JsonConverter<T>
    where T : class, IWrittenAsText<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var result = reader.TokenType == JsonTokenType.String ? T.Parse(reader.GetString()!) : null;
        return result?.Value ?? throw new JsonException(result?.Problems?[0].Message ?? "A text is expected.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
