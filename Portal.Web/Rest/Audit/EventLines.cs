using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Portal.EventStore;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Audit;

/// <summary>How events are written to a file, a line each, and how its end is.</summary>
public abstract class EventLines
{
    /// <summary>JSON Lines: an object each; at the end <c>{"end":{"events":…,"upTo":…}}</c>.</summary>
    public static EventLines Json { get; } = new JsonLines();

    /// <summary>Comma-separated values (RFC 4180) with a line of names; the line at the end has <c>end</c> in place of a position.</summary>
    public static EventLines Csv { get; } = new CsvLines();

    /// <summary>What a file's name ends with.</summary>
    public abstract string Extension { get; }

    /// <summary>The media type.</summary>
    public abstract string MediaType { get; }

    /// <summary>Writes what stands before the first.</summary>
    public abstract void Begin(IBufferWriter<byte> output);

    /// <summary>Writes an event.</summary>
    public abstract void Write(IBufferWriter<byte> output, EventText recorded);

    /// <summary>Writes that this was all.</summary>
    public abstract void End(IBufferWriter<byte> output, long events, long upTo);

    private sealed class JsonLines : EventLines
    {
        private static readonly JsonWriterOptions Options =
            new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

        public override string Extension => "jsonl";

        public override string MediaType => "application/jsonl";

        public override void Begin(IBufferWriter<byte> output) { }

        public override void Write(IBufferWriter<byte> output, EventText recorded)
        {
            using (var json = new Utf8JsonWriter(output, Options))
            {
                json.WriteStartObject();
                json.WriteNumber("position", recorded.Position);
                json.WriteString("stream", recorded.Stream);
                json.WriteNumber("version", recorded.Version);
                json.WriteString("id", recorded.Id);
                json.WriteString("type", recorded.Type);
                json.WriteNumber("typeVersion", recorded.TypeVersion);
                json.WriteString("time", Moment(recorded.Time));
                json.WritePropertyName("body");
                json.WriteRawValue(recorded.Body, skipInputValidation: true);
                json.WritePropertyName("metadata");
                json.WriteRawValue(recorded.Metadata, skipInputValidation: true);
                json.WriteString("hash", Convert.ToHexStringLower(recorded.Hash));
                if (recorded.Archive is { } archive) json.WriteString("archive", archive.ToString("n"));
                json.WriteEndObject();
            }
            output.Write("\n"u8);
        }

        public override void End(IBufferWriter<byte> output, long events, long upTo) => Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{{\"end\":{{\"events\":{events},\"upTo\":{upTo}}}}}\n"), output);
    }

    private sealed class CsvLines : EventLines
    {

        public override string Extension => "csv";

        public override string MediaType => "text/csv; charset=utf-8";

        public override void Begin(IBufferWriter<byte> output) => output.Write(
            "position,time,type,stream,version,actor,actorKind,door,correlationId,causationId,clientAddress,id,body,hash\r\n"u8);

        public override void Write(IBufferWriter<byte> output, EventText recorded)
        {
            var by = JsonSerializer.Deserialize<EventMetadata>(recorded.Metadata, EventTypes.Json) ?? ArchivedEvent.Metadata;
            Line(output, Text(recorded.Position), Moment(recorded.Time), recorded.Type, recorded.Stream, Text(recorded.Version), by.Actor,
                by.ActorKind, by.Door, by.CorrelationId.ToString(), by.CausationId?.ToString() ?? "", by.ClientAddress ?? "",
                recorded.Id.ToString(),
                recorded.Archive is { } archive ? $"{{\"archive\":\"{archive:n}\"}}" : recorded.Body, Convert.ToHexStringLower(recorded.Hash));
        }

        public override void End(IBufferWriter<byte> output, long events, long upTo) => Line(output, "end", "", "", "", "", "", "", "",
            "", "", "", "", string.Create(CultureInfo.InvariantCulture, $"{{\"events\":{events},\"upTo\":{upTo}}}"), "");

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

    private static string Moment(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
