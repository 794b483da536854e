using System.Globalization;
using System.Text.Json.Nodes;

namespace Portal.Domain.Runs.Crates;

/// <summary>A flat graph of JSON-LD 1.0, as RO-Crate 1.1 wants it: things by their ids, each once.</summary>
internal sealed class LinkedData
{
    private readonly Dictionary<string, JsonObject> things = new(StringComparer.Ordinal);

    /// <summary>All of them, in the order in which they were added.</summary>
    public JsonArray Graph() => [.. things.Values];

    /// <summary>Whether there is a thing of this id.</summary>
    public bool Has(string id) => things.ContainsKey(id);

    /// <summary>Adds a thing. What is null or an empty list is left out.</summary>
    /// <returns>Its id.</returns>
    public string Add(string id, string[] types, params IEnumerable<(string Name, JsonNode? Value)> properties)
    {
        var thing = new JsonObject
        {
            ["@id"] = id,
            ["@type"] = types is [var only] ? only : new JsonArray([.. types.Select(type => JsonValue.Create(type))]),
        };
        foreach (var (name, value) in properties)
            if (value is not (null or JsonArray { Count: 0 })) thing[name] = value;
        things.Add(id, thing);
        return id;
    }

    /// <summary>The thing of an id, referred to.</summary>
    public static JsonObject To(string id) => new() { ["@id"] = id };

    /// <summary>The things of some ids, referred to.</summary>
    public static JsonArray To(IEnumerable<string> ids) => [.. ids.Distinct().Select(To)];

    /// <summary>A number as text, as schema.org has sizes and positions.</summary>
    public static string Number(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
