using System.Text.Json.Nodes;

namespace Portal.Benchmarks.GraphQL;

/// <summary>Whether answers say the same.</summary>
public static class Answers
{
    /// <summary>The same JSON, except for the order of what a schema says of itself: there it means nothing.</summary>
    public static bool AreEqual(byte[] one, byte[] other) => JsonNode.DeepEquals(Sorted(one), Sorted(other));

    private static JsonNode? Sorted(byte[] answer)
    {
        var json = JsonNode.Parse(answer);
        if (json?["data"]?["__schema"] is JsonObject schema)
            foreach (var name in new[] { "types", "directives" })
                schema[name] = new JsonArray([.. schema[name]!.AsArray().Select(element => element!.DeepClone())
                    .OrderBy(element => (string?)element["name"], StringComparer.Ordinal)]);
        return json;
    }
}
