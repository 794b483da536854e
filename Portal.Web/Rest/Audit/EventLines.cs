using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Portal.EventStore;

namespace Portal.Web.Rest.Audit;

/// <summary>How events are written to a file, a line each, and how its end is.</summary>
public abstract partial class EventLines
{
    /// <summary>JSON Lines: an object each; at the end <c>{"end":{"events":…,"upTo":…}}</c>.</summary>
    public static EventLines Json { get; } = new JsonLines();

    /// <summary>The same with what shows that the events were sealed (<see cref="ExportLines"/>).</summary>
    public static EventLines Proven { get; } = new ProvenLines();

    /// <summary>Comma-separated values (RFC 4180) with a line of names; the line at the end has <c>end</c> in place of a position.</summary>
    public static EventLines Csv { get; } = new CsvLines();

    /// <summary>What a file's name ends with.</summary>
    public abstract string Extension { get; }

    /// <summary>The media type.</summary>
    public abstract string MediaType { get; }

    /// <summary>Writes what stands before the first.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="keys">The public keys of the seals.</param>
    public abstract void Begin(IBufferWriter<byte> output, string? keys);

    /// <summary>Writes an event.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="recorded">The event.</param>
    /// <param name="previous">Hash of the event before it in its stream, for a proof.</param>
    public abstract void Write(IBufferWriter<byte> output, EventText recorded, byte[]? previous);

    /// <summary>Writes the seal of the events before it.</summary>
    public virtual void Write(IBufferWriter<byte> output, SealedGroup group) => throw new NotSupportedException();

    /// <summary>Writes that this was all.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="events">How many events there are.</param>
    /// <param name="upTo">Up to which position was searched.</param>
    /// <param name="proof">The note of the export with its proof.</param>
    public abstract void End(IBufferWriter<byte> output, long events, long upTo, EventProof? proof);

    private sealed class ProvenLines : JsonLines
    {
        public override void Begin(IBufferWriter<byte> output, string? keys) => Line(output, ExportLines.First(keys ?? ""));

        public override void Write(IBufferWriter<byte> output, EventText recorded, byte[]? previous) =>
            Line(output, ExportLines.Of(recorded, previous!));

        public override void Write(IBufferWriter<byte> output, SealedGroup group) => Line(output, ExportLines.Of(group));

        public override void End(IBufferWriter<byte> output, long events, long upTo, EventProof? proof)
        {
            Line(output, ExportLines.Of(proof!));
            base.End(output, events, upTo, proof);
        }

        private static void Line(IBufferWriter<byte> output, byte[] line)
        {
            output.Write(line);
            output.Write("\n"u8);
        }
    }

    private class JsonLines : EventLines
    {
        private static readonly JsonWriterOptions Options =
            new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

        public override string Extension => "jsonl";

        public override string MediaType => "application/jsonl";

        public override void Begin(IBufferWriter<byte> output, string? keys) { }

        public override void Write(IBufferWriter<byte> output, EventText recorded, byte[]? previous)
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

        public override void End(IBufferWriter<byte> output, long events, long upTo, EventProof? proof) => Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{{\"end\":{{\"events\":{events},\"upTo\":{upTo}}}}}\n"), output);
    }

    private static string Moment(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
