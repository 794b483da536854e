namespace Portal.EventStore;

/// <summary>Times of recording as PostgreSQL keeps them: microseconds since 1970-01-01 UTC.</summary>
internal static class EventTime
{
    public static long Now(TimeProvider time) => (time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset Of(long microseconds) =>
        new(DateTime.UnixEpoch.Ticks + (microseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
