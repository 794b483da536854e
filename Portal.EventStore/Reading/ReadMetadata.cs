using System.Text.Json;

namespace Portal.EventStore;

/// <summary>Reads the metadata of rows that follow one another. What one act writes bears the same text: it is made an object
/// once.</summary>
internal sealed class ReadMetadata
{
    private string text = "";
    private EventMetadata? metadata;

    public EventMetadata Of(string next)
    {
        if (metadata is null || text != next)
            (text, metadata) = (next, JsonSerializer.Deserialize<EventMetadata>(next, EventTypes.Json)!);
        return metadata;
    }
}
