using System.Text.Json;
using YamlDotNet.Serialization;

namespace Portal.Cli.Output;

/// <summary>JSON as YAML.</summary>
public static class YamlText
{
    // Quoted wherever some reader of YAML 1.1 would see something else than text.
    private static readonly ISerializer Serializer =
        new SerializerBuilder().DisableAliases().WithQuotingNecessaryStrings(quoteYaml1_1Strings: true).Build();

    /// <summary>The document's text.</summary>
    public static string Of(JsonElement element) => Serializer.Serialize(Plain(element)!);

    private static object? Plain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(member => member.Name, member => Plain(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole : element.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
        _ => null,
    };
}
