namespace Portal.EventStore;

/// <summary>What a look into the table found for the streams of some appends.</summary>
/// <param name="Heads">The last events; a stream that does not exist is absent.</param>
/// <param name="Known">Those of the appends' event ids that are there already.</param>
/// <param name="Archived">Those of the streams that are archived.</param>
/// <param name="Archives">How many archives had been made before the look: what it found holds as long as there are no more.</param>
internal sealed record AppendSight(
    IReadOnlyDictionary<string, StreamHead> Heads, IReadOnlyDictionary<(string Stream, Guid Id), (long Version, long Position, long Microseconds)> Known,
    IReadOnlyDictionary<string, StreamArchive> Archived, int Archives);

/// <summary>What is to be written for a batch of appends, no two of which name the same stream, and what each is answered.
/// Decided here; the unique indices see to it that it only comes to be where it still holds.</summary>
internal sealed class AppendPlan
{
    private readonly List<(PendingAppend Append, AppendResult? Answer)> decided = [];

    /// <summary>The rows, in order.</summary>
    public List<EventRow> Rows { get; } = [];

    /// <summary>How many archives have been made, as far as this plan knows.</summary>
    public int Archives { get; private init; }

    /// <summary>The plan from what this node remembers; null where something has to be looked up first.</summary>
    public static AppendPlan? FromMemory(IReadOnlyList<PendingAppend> appends, StreamHeads heads, long now)
    {
        var plan = new AppendPlan { Archives = heads.Archives };
        foreach (var append in appends)
        {
            var found = new StreamHead[append.Streams.Count];
            for (var i = 0; i < found.Length; i++)
            {
                // A stream that is expected to be new and unknown here is taken for new.
                var head = heads.Find(append.Streams[i].Stream) ?? (append.Streams[i].Expected == 0 ? StreamHead.None : null as StreamHead?);
                if (head is not { } known || !append.Streams[i].Fits(known.Version))
                    return null;
                found[i] = known;
            }
            plan.Add(append, found, now);
        }
        return plan;
    }

    /// <summary>The plan from what stands in the table.</summary>
    public static AppendPlan FromSight(IReadOnlyList<PendingAppend> appends, AppendSight sight, long now)
    {
        var plan = new AppendPlan { Archives = sight.Archives };
        foreach (var append in appends)
        {
            StreamHead[] heads = [.. append.Streams.Select(stream => sight.Heads.TryGetValue(stream.Stream, out var head) ? head : StreamHead.None)];
            if (Refusal(append, heads, sight) is { } answer)
                plan.decided.Add((append, answer));
            else
                plan.Add(append, heads, now);
        }
        return plan;
    }

    /// <summary>Answers each append, once the rows are there, and remembers the new heads.</summary>
    /// <param name="positions">Of the rows, in order.</param>
    /// <param name="heads">Takes the new heads.</param>
    /// <returns>The answers in the order of the appends.</returns>
    public AppendResult[] Done(IReadOnlyList<long> positions, StreamHeads heads)
    {
        var row = 0;
        return [.. decided.Select(one =>
        {
            if (one.Answer is not null)
                return one.Answer;
            var versions = new long[one.Append.Streams.Count];
            for (var i = 0; i < versions.Length; i++)
            {
                row += one.Append.Streams[i].Events.Count;
                var last = Rows[row - 1];
                versions[i] = last.Version;
                heads.Put(last.Stream, new(last.Version, last.Hash, last.Microseconds), Archives);
            }
            return new AppendResult.Appended(versions, positions[row - 1]) { Time = EventTime.Of(Rows[row - 1].Microseconds) };
        })];
    }

    // Null when it is to be written.
    private static AppendResult? Refusal(PendingAppend append, StreamHead[] heads, AppendSight sight)
    {
        var versions = new long[heads.Length];
        var (position, time, present) = (0L, long.MinValue, 0);
        AppendResult? conflict = null;
        for (var i = 0; i < heads.Length; i++)
        {
            var stream = append.Streams[i];
            var before = present;
            foreach (var one in stream.Events)
            {
                if (!sight.Known.TryGetValue((stream.Stream, one.Id), out var known))
                    continue;
                present++;
                (versions[i], position, time) =
                    (Math.Max(versions[i], known.Version), Math.Max(position, known.Position), Math.Max(time, known.Microseconds));
            }
            if (sight.Archived.TryGetValue(stream.Stream, out var archive))
                conflict ??= new AppendResult.Archived(stream.Stream, archive);
            else if (present > before || !stream.Fits(heads[i].Version))
                conflict ??= new AppendResult.Conflict(stream.Stream, heads[i].Version);
        }
        return present == append.Streams.Sum(stream => stream.Events.Count)
            ? new AppendResult.Appended(versions, position) { Repeated = true, Time = EventTime.Of(time) }
            : conflict;
    }

    private void Add(PendingAppend append, StreamHead[] heads, long now)
    {
        decided.Add((append, null));
        // A clock that was set back does not take a stream back in time.
        foreach (var head in heads)
            now = Math.Max(now, head.Microseconds);
        for (var i = 0; i < heads.Length; i++)
        {
            var (stream, version, hash) = (append.Streams[i], heads[i].Version, heads[i].Hash);
            foreach (var one in stream.Events)
            {
                hash = EventHash.Compute(
                    hash.Span, stream.Stream, ++version, one.Id, one.Type, one.TypeVersion, one.Body, one.Metadata, now);
                Rows.Add(new(stream, version, one, now, hash));
            }
        }
    }
}

/// <summary>An event as it is to be stored.</summary>
internal readonly record struct EventRow(PendingStream Of, long Version, PendingEvent Event, long Microseconds, ReadOnlyMemory<byte> Hash)
{
    public string Stream => Of.Stream;
}
