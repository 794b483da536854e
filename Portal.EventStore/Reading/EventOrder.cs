namespace Portal.EventStore;

/// <summary>Place of an event in the order of all events. Transaction ids restart when a dump is restored into another
/// cluster, therefore the epoch goes first.</summary>
internal readonly record struct EventOrder(int Epoch, ulong Transaction, long Position) : IComparable<EventOrder>
{
    /// <summary>Before the first event.</summary>
    public static EventOrder Start => default;

    public int CompareTo(EventOrder other) =>
        Epoch != other.Epoch ? Epoch.CompareTo(other.Epoch)
        : Transaction != other.Transaction ? Transaction.CompareTo(other.Transaction)
        : Position.CompareTo(other.Position);

    public static bool operator >(EventOrder left, EventOrder right) => left.CompareTo(right) > 0;

    public static bool operator <(EventOrder left, EventOrder right) => left.CompareTo(right) < 0;

    public static bool operator >=(EventOrder left, EventOrder right) => left.CompareTo(right) >= 0;

    public static bool operator <=(EventOrder left, EventOrder right) => left.CompareTo(right) <= 0;
}

/// <summary>An event with its place.</summary>
internal readonly record struct Placed(EventOrder Order, Recorded Event);

/// <summary>Those of the events behind a place that a projection handles.</summary>
/// <param name="Events">They.</param>
/// <param name="Last">The place of the last event that was looked at.</param>
/// <param name="Count">How many were looked at.</param>
/// <param name="Unsettled">Whether more are there that a running transaction may still come before.</param>
internal readonly record struct HandledPage(List<Recorded> Events, EventOrder Last, int Count, bool Unsettled);

/// <summary>Events in the order without holes.</summary>
/// <param name="Events">The events.</param>
/// <param name="Unsettled">Whether more are there that a running transaction may still come before.</param>
internal readonly record struct EventPage(List<Placed> Events, bool Unsettled);
