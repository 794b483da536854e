using System.Text.Json;

namespace Portal.Cli.Runs;

/// <summary>Reads bodies of events, which are facts of many kinds and versions: what is absent is no fault.</summary>
internal static class EventBody
{
    /// <summary>The member as text; empty when it is absent or null.</summary>
    public static string Text(this JsonElement body, string name) => body.Child(name) switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };

    /// <summary>The member; null when it is absent or null.</summary>
    public static JsonElement? Child(this JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value)
        && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The member as a number; null when it is absent or null.</summary>
    public static double? Number(this JsonElement body, string name) => body.Child(name)?.GetDouble();
}
