namespace Portal.EventStore;

/// <summary>The last event of a stream, as far as the next one needs it.</summary>
/// <param name="Version">Its version; 0 when the stream does not exist.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Microseconds">Its time, microseconds since 1970-01-01 UTC.</param>
internal readonly record struct StreamHead(long Version, ReadOnlyMemory<byte> Hash, long Microseconds)
{
    /// <summary>Before the first event.</summary>
    public static StreamHead None { get; } = new(0, EventHash.Start, long.MinValue);
}

/// <summary>The heads of the streams that this node appended to last. Another node may have gone on meanwhile: then the unique
/// index refuses what was built on such a head, and it is looked up. Only what is committed comes in here, so an event that
/// follows a known head always has the later transaction id.</summary>
internal sealed class StreamHeads
{
    // Two generations: the older is dropped whole when the younger is full, and who is asked for moves to the younger.
    private const int Generation = 20_000;

    private readonly Lock gate = new();
    private Dictionary<string, StreamHead> young = new(StringComparer.Ordinal);
    private Dictionary<string, StreamHead> old = new(StringComparer.Ordinal);
    private int archives;

    /// <summary>How many archives had been made when these heads were known. Streams do not end but by that: when there are more, each
    /// head has to be looked up.</summary>
    public int Archives
    {
        get
        {
            lock (gate)
                return archives;
        }
    }

    /// <summary>Forgets everything where more archives have been made.</summary>
    public void Seen(int made)
    {
        lock (gate)
        {
            if (made <= archives)
                return;
            archives = made;
            young.Clear();
            old.Clear();
        }
    }

    public StreamHead? Find(string stream)
    {
        lock (gate)
        {
            if (young.TryGetValue(stream, out var head))
                return head;
            return old.TryGetValue(stream, out head) ? head : null;
        }
    }

    /// <summary>Remembers a head that was written when so many archives had been made.</summary>
    public void Put(string stream, StreamHead head, int made)
    {
        lock (gate)
        {
            if (made != archives)
                return;
            if (young.Count >= Generation)
                (old, young) = (young, new(StringComparer.Ordinal));
            young[stream] = head;
        }
    }

    public void Forget(string stream)
    {
        lock (gate)
        {
            young.Remove(stream);
            old.Remove(stream);
        }
    }
}
