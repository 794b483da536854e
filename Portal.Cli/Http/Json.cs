using System.Globalization;
using System.Text.Json;

namespace Portal.Cli.Http;

/// <summary>Short ways to read answers.</summary>
public static class Json
{
    /// <summary>The member as text; empty when it is absent or null.</summary>
    public static string Text(this JsonElement element, string name) =>
        !element.TryGetProperty(name, out var value) ? "" : value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.Undefined => "",
            JsonValueKind.String => value.GetString()!,
            _ => value.GetRawText(),
        };

    /// <summary>The member, or null when it is absent or null.</summary>
    public static JsonElement? Child(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>The entries of a list member; none when it is absent.</summary>
    public static IEnumerable<JsonElement> Entries(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>The member as a number; null when it is absent or null.</summary>
    public static double? Number(this JsonElement element, string name) => element.Child(name) is { } value ? value.GetDouble() : null;

    /// <summary>The member as a time; null when it is absent or null.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        element.Child(name) is { } value ? DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture) : null;
}
