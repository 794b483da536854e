using System.Globalization;

namespace Portal.EventStore;

/// <summary>Notices a clock that ran backwards, while events are read in their order. Such a store is as it was written: it is
/// told and is no fault. What is written side by side differs by less than a second, which is not told.</summary>
internal sealed class ClockWatch
{
    private const long Usual = 1_000_000;

    private (long Position, long Microseconds) latest = (0, long.MinValue);
    private (long Position, long After, long Back)? first;
    private long count;

    /// <summary>A sentence where it did, or nothing.</summary>
    public IReadOnlyList<string> Remarks => first is not { } at ? [] :
    [
        $"The clock ran backwards: the event at position {at.Position} was recorded {Length(at.Back)} before the one at position "
            + $"{at.After}, which stands before it; {count} event(s) in all are earlier than one before them. Their order is "
            + "proven, their times are what the clock said.",
    ];

    /// <summary>Looks at the next event.</summary>
    public void Look(long position, long microseconds)
    {
        if (latest.Microseconds != long.MinValue && microseconds < latest.Microseconds - Usual)
        {
            first ??= (position, latest.Position, latest.Microseconds - microseconds);
            count++;
        }
        if (microseconds > latest.Microseconds) latest = (position, microseconds);
    }

    private static string Length(long microseconds) =>
        TimeSpan.FromMicroseconds(microseconds).ToString("c", CultureInfo.InvariantCulture);
}
