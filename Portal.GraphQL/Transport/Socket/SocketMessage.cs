using System.Text.Json;

namespace Portal.GraphQL.Transport.Socket;

/// <summary>What a client says. Protocol graphql-transport-ws, "Message types".</summary>
internal sealed record SocketMessage(string Type, string? Id, JsonElement Payload, Parameters? Asked)
{
    /// <summary>Null if it is none, and why.</summary>
    public static SocketMessage? Read(ReadOnlyMemory<byte> text, out string? why)
    {
        why = "The message is no JSON object with a type";
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !TryText(root, "type", out var type))
            {
                return null;
            }
            if (!root.TryGetProperty("payload", out var payload) || payload.ValueKind == JsonValueKind.Null)
            {
                payload = default;
            }
            switch (type)
            {
                case "connection_init" or "ping" or "pong":
                    why = "The payload is no object";
                    return payload.ValueKind is JsonValueKind.Undefined or JsonValueKind.Object
                        ? new(type, null, payload.ValueKind == JsonValueKind.Object ? payload.Clone() : default, null)
                        : null;
                case "complete":
                    why = "The id is missing";
                    return TryText(root, "id", out var ended) ? new(type, ended, default, null) : null;
                case "subscribe":
                    return ReadSubscribe(root, payload, out why);
                default:
                    why = "The type is not known";
                    return null;
            }
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static SocketMessage? ReadSubscribe(JsonElement root, JsonElement payload, out string? why)
    {
        why = "The id is missing";
        if (!TryText(root, "id", out var id))
        {
            return null;
        }
        var (asked, refusal) = Parameters.Of(payload);
        why = refusal?.Message;
        return asked is null ? null : new("subscribe", id, default, asked);
    }

    private static bool TryText(JsonElement root, string name, out string text)
    {
        text = root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return text.Length > 0;
    }
}
