using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Web.Components.Runs;

/// <summary>How fast the files of a run move, seen from its events: over the last few seconds, so that the figure is
/// steady.</summary>
public sealed class TransferRates
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(6);
    private readonly Dictionary<string, List<(DateTimeOffset At, long Bytes)>> seen = [];

    /// <summary>Takes notice of an event.</summary>
    public void Note(Recorded recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        switch (recorded.Body)
        {
            case TransferProgressed progressed:
                Note(progressed.Transfer, progressed.Bytes, recorded.Time);
                break;
            case TransferStarted started:
                seen.Remove(started.Transfer);
                break;
            case TransferCompleted completed:
                seen.Remove(completed.Transfer);
                break;
        }
    }

    /// <summary>Takes notice of how many bytes had arrived at a moment.</summary>
    public void Note(string transfer, long bytes, DateTimeOffset at)
    {
        if (!seen.TryGetValue(transfer, out var points))
            seen[transfer] = points = [];
        // Fewer bytes than before: it was begun anew.
        if (points.Count > 0 && bytes < points[^1].Bytes)
            points.Clear();
        points.Add((at, bytes));
        points.RemoveAll(point => at - point.At > Window && points.Count > 2);
    }

    /// <summary>Bytes a second; null before two sightings, or when the last is long ago.</summary>
    public double? Of(string transfer, DateTimeOffset now)
    {
        if (!seen.TryGetValue(transfer, out var points) || points.Count < 2 || now - points[^1].At > Window)
            return null;
        var seconds = (points[^1].At - points[0].At).TotalSeconds;
        return seconds <= 0 ? null : (points[^1].Bytes - points[0].Bytes) / seconds;
    }
}
