using System.Text;
using System.Text.Json;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Transport.Socket;

/// <summary>What is said to a client. Protocol graphql-transport-ws, "Message types".</summary>
internal static class SocketText
{
    // A close frame has 125 bytes, two of them for the code. RFC 6455, section 5.5.
    private const int LongestReason = 123;

    public static ReadOnlyMemory<byte> Acknowledged { get; } = "{\"type\":\"connection_ack\"}"u8.ToArray();

    public static ReadOnlyMemory<byte> Pong(JsonElement payload) => payload.ValueKind == JsonValueKind.Undefined
        ? "{\"type\":\"pong\"}"u8.ToArray()
        : Encoding.UTF8.GetBytes($"{{\"type\":\"pong\",\"payload\":{payload.GetRawText()}}}");

    public static ReadOnlyMemory<byte> Next(string id, ReadOnlyMemory<byte> answer) => Compose("next"u8, id, answer.Span);

    // The payload is the list of errors alone: what is between {"errors": and }.
    public static ReadOnlyMemory<byte> Error(string id, ReadOnlyMemory<byte> refusal) =>
        Compose("error"u8, id, refusal.Span["{\"errors\":"u8.Length..^1]);

    public static ReadOnlyMemory<byte> Complete(string id) => Compose("complete"u8, id, default);

    public static string Short(string reason)
    {
        while (Encoding.UTF8.GetByteCount(reason) > LongestReason)
        {
            reason = reason[..^(char.IsLowSurrogate(reason[^1]) ? 2 : 1)];
        }
        return reason;
    }

    private static ReadOnlyMemory<byte> Compose(ReadOnlySpan<byte> type, string id, ReadOnlySpan<byte> payload)
    {
        using var output = new JsonOutput(payload.Length + 128);
        output.WriteRaw("{\"id\":"u8);
        output.WriteString(id);
        output.WriteRaw(",\"type\":\""u8);
        output.WriteRaw(type);
        output.WriteRaw(payload.IsEmpty ? "\""u8 : "\",\"payload\":"u8);
        output.WriteRaw(payload);
        output.WriteRaw((byte)'}');
        return output.Written.ToArray();
    }
}
