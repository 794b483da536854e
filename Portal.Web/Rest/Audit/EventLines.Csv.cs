using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Portal.EventStore;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Audit;

public abstract partial class EventLines
{
    private sealed class CsvLines : EventLines
    {
        public override string Extension => "csv";

        public override string MediaType => "text/csv; charset=utf-8";

        public override void Begin(IBufferWriter<byte> output, string? keys) => output.Write(
            "position,time,type,stream,version,actor,actorKind,door,correlationId,causationId,clientAddress,id,body,hash\r\n"u8);

        public override void Write(IBufferWriter<byte> output, EventText recorded, byte[]? previous)
        {
            var by = JsonSerializer.Deserialize<EventMetadata>(recorded.Metadata, EventTypes.Json) ?? ArchivedEvent.Metadata;
            Line(output, Text(recorded.Position), Moment(recorded.Time), recorded.Type, recorded.Stream, Text(recorded.Version), by.Actor,
                by.ActorKind, by.Door, by.CorrelationId.ToString(), by.CausationId?.ToString() ?? "", by.ClientAddress ?? "",
                recorded.Id.ToString(),
                recorded.Archive is { } archive ? $"{{\"archive\":\"{archive:n}\"}}" : recorded.Body, Convert.ToHexStringLower(recorded.Hash));
        }

        public override void End(IBufferWriter<byte> output, long events, long upTo, EventProof? proof) =>
            Line(output, "end", "", "", "", "", "", "", "", "", "", "", "",
                string.Create(CultureInfo.InvariantCulture, $"{{\"events\":{events},\"upTo\":{upTo}}}"), "");

        private static void Line(IBufferWriter<byte> output, params ReadOnlySpan<string> cells)
        {
            var line = new StringBuilder();
            foreach (var cell in cells)
            {
                if (line.Length > 0) line.Append(',');
                line.Append(CsvCell.Of(cell));
            }
            line.Append("\r\n");
            foreach (var chunk in line.GetChunks()) Encoding.UTF8.GetBytes(chunk.Span, output);
        }

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
