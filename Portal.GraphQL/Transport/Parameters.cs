using System.Text.Json;
using Portal.GraphQL.Execution;

namespace Portal.GraphQL.Transport;

/// <summary>
/// What a request says. GraphQL over HTTP, "Request Parameters"; parameters that are not known are passed over.
/// </summary>
internal sealed record Parameters(
    string? Query, string? DocumentId, string? Hash, string? OperationName, IReadOnlyDictionary<string, object?>? Variables)
{
    private const int HashLength = 64;

    public static Outcome<Parameters> Of(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            return new Refusal(400, TransportCodes.Batching, "Send requests one by one.");
        }
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Refusal.Bad("A request is a JSON object.");
        }
        if (!TryText(json, "query", out var query) || !TryText(json, "documentId", out var documentId)
            || !TryText(json, "operationName", out var operationName))
        {
            return Refusal.Bad("query, documentId and operationName must be strings.");
        }
        if (!TryMap(json, "variables", out var variables) || !TryMap(json, "extensions", out var extensions))
        {
            return Refusal.Bad("variables and extensions must be objects.");
        }
        if (!TryHash(extensions, out var hash))
        {
            return Refusal.Bad("extensions.persistedQuery must have the version 1 and a sha256Hash of 64 hexadecimal digits.");
        }
        return query is null && documentId is null && hash is null
            ? new Refusal(400, ErrorCodes.NoQuery, "There is no query.")
            : new Parameters(query, documentId, hash, operationName, GraphQLRequest.VariablesOf(variables));
    }

    private static bool TryText(JsonElement json, string name, out string? text)
    {
        text = null;
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }
        try
        {
            text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text.
        }
        return text is not null;
    }

    private static bool TryMap(JsonElement json, string name, out JsonElement map) =>
        !json.TryGetProperty(name, out map) || map.ValueKind is JsonValueKind.Null or JsonValueKind.Object;

    private static bool TryHash(JsonElement extensions, out string? hash)
    {
        hash = null;
        if (extensions.ValueKind != JsonValueKind.Object || !extensions.TryGetProperty("persistedQuery", out var persisted)
            || persisted.ValueKind == JsonValueKind.Null)
        {
            return true;
        }
        if (persisted.ValueKind != JsonValueKind.Object || !TryText(persisted, "sha256Hash", out hash)
            || !persisted.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out var number) || number != 1)
        {
            return false;
        }
        hash = hash?.ToLowerInvariant();
        return hash is { Length: HashLength } && hash.All(char.IsAsciiHexDigitLower);
    }
}
