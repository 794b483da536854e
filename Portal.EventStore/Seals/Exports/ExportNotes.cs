using System.Text.Json;

namespace Portal.EventStore;

/// <summary>What the portal noted of an export, as an event that is sealed (<c>events_exported</c>).</summary>
/// <param name="Actor">Who took it.</param>
/// <param name="Time">When.</param>
/// <param name="Filter">What was asked for, JSON.</param>
/// <param name="Projects">Within which projects, JSON: a list, or <c>null</c> for everything.</param>
/// <param name="Events">How many events it has.</param>
/// <param name="Unsealed">How many of the last were not sealed.</param>
/// <param name="UpTo">Up to which position was searched.</param>
/// <param name="Digest">Its <see cref="ExportDigest"/>.</param>
public sealed record ExportNotes(string Actor, string Time, string Filter, string Projects, long Events, long Unsealed, long UpTo,
    string Digest)
{
    /// <summary>The stored name of the type of that event.</summary>
    public const string Type = "events_exported";

    /// <summary>Reads the event.</summary>
    /// <returns>What it says; null where it is no such event, or one of an export that did not come to its end.</returns>
    public static ExportNotes? Of(EventLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (line.Type != Type) return null;
        try
        {
            var (body, metadata) = (JsonElement.Parse(line.Body), JsonElement.Parse(line.Metadata));
            return body.GetProperty("complete").GetBoolean()
                ? new(metadata.GetProperty("actor").GetString() ?? "", line.Time, Raw("filter"), Raw("projects"),
                    Number("events"), Number("unsealed"), Number("upTo"), body.GetProperty("digest").GetString() ?? "")
                : null;

            string Raw(string name) => body.TryGetProperty(name, out var value) ? value.GetRawText() : "null";
            long Number(string name) => body.GetProperty(name).GetInt64();
        }
        catch (Exception fault)
            when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
