using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Domain.Runs.Crates;

/// <summary>A document of PROV-JSON while it is made: things by kind and id, and how they relate.</summary>
internal sealed class ProvGraph
{
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private int relations;

    /// <summary>Its parts, by their names in PROV-JSON.</summary>
    public JsonObject Parts { get; } = [];

    /// <summary>A qualified name as a value.</summary>
    public static JsonObject Name(string name) => new() { ["$"] = name, ["type"] = "prov:QUALIFIED_NAME" };

    /// <summary>Adds a thing; what is null is left out.</summary>
    public void Add(string kind, string id, Dictionary<string, JsonNode?> about) =>
        Of(kind)[id] = new JsonObject(about.Where(one => one.Value is not null));

    /// <summary>Says how things relate.</summary>
    public void Relate(string kind, params (string Role, string? Thing)[] roles) => Add(kind, $"_:r{++relations}",
        roles.ToDictionary(role => $"prov:{role.Role}", role => (JsonNode?)role.Thing));

    /// <summary>The document, UTF-8.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(Parts, Written);

    private JsonObject Of(string kind)
    {
        if (Parts[kind] is JsonObject found) return found;
        var made = new JsonObject();
        Parts[kind] = made;
        return made;
    }
}
