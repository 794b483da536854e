using System.Globalization;
using Portal.EventStore;

namespace Portal.Web.Components.Audit.Replay;

/// <summary>The events of a thing as marks along the slider.</summary>
internal static class ReplayMarks
{
    // More marks than pixels tell nothing: then only what stands out is marked.
    private const int Most = 400;

    /// <summary>Where each mark stands, from the left, and its tone.</summary>
    public static IReadOnlyList<(string Place, string Tone)> Of(IReadOnlyList<Recorded> events, Func<Recorded, string> tone) =>
        [.. events.Select(one => (one.Version, Tone: tone(one))).Where(one => events.Count <= Most || one.Tone != "neutral")
            .Select(one => (Place(one.Version, events.Count), one.Tone))];

    /// <summary>Where a version stands among so many.</summary>
    public static string Place(long version, long count) => (count == 1 ? 0 : 100.0 * (version - 1) / (count - 1))
        .ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
