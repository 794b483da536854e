using Portal.EventStore;

namespace Portal.Tests.EventStore.Search;

/// <summary>Finds samples by the thing that their first event names, and by their name, of which no other event knows.</summary>
internal sealed class SampleIndex(int version = 1) : EventIndex
{
    public static Guid Thing(int number) => new(number, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 0]);

    public override string Name => "sample_index";

    public override int Version => version;

    public override IReadOnlyList<EventKey> Keys { get; } =
    [
        new("owner", recorded => recorded.Body is SampleOpened opened ? Parsed(opened.Name) : null, OfStream: true),
        new("thing", recorded => recorded.Body switch
        {
            SampleOpened opened => Parsed(opened.Note),
            SampleCounted counted => Parsed(counted.Unit),
            _ => null,
        }),
    ];

    private static Guid? Parsed(string? text) => Guid.TryParse(text, out var id) ? id : null;
}
