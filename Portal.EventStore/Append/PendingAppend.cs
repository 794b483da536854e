namespace Portal.EventStore;

/// <summary>One call of <see cref="IEventStore.AppendAsync"/> on its way: its bodies are text already, so that the one who
/// writes for many has little left to do.</summary>
internal sealed class PendingAppend
{
    private readonly TaskCompletionSource<AppendResult> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PendingAppend(IReadOnlyList<StreamAppend> appends, EventTypes types)
    {
        if (appends.Count == 0)
            throw new ArgumentException("An append names at least one stream.", nameof(appends));
        if (appends.Select(append => append.Stream).Distinct(StringComparer.Ordinal).Count() != appends.Count)
            throw new ArgumentException("An append names each stream once.", nameof(appends));
        Streams = [.. appends.Select(append => PendingStream.Of(append, types))];
        Size = Streams.Sum(stream => stream.Events.Sum(one => one.Body.Length + 200));
    }

    public IReadOnlyList<PendingStream> Streams { get; }

    /// <summary>Roughly, in characters.</summary>
    public int Size { get; }

    public Task<AppendResult> Done => done.Task;

    public void Answer(AppendResult result) => done.TrySetResult(result);

    public void Fail(Exception error) => done.TrySetException(error);
}

internal sealed record PendingEvent(Guid Id, Type Class, string Type, int TypeVersion, string Body, string Metadata);

internal sealed record PendingStream(string Stream, long Expected, IReadOnlyList<PendingEvent> Events)
{
    /// <summary>Whether it may follow an event of this version.</summary>
    public bool Fits(long version) => Expected == IEventStore.AnyVersion || Expected == version;

    public static PendingStream Of(StreamAppend append, EventTypes types)
    {
        if (string.IsNullOrEmpty(append.Stream))
            throw new ArgumentException("A stream has a name.", nameof(append));
        if (append.Events.Count == 0)
            throw new ArgumentException($"Nothing to append to {append.Stream}.", nameof(append));
        if (append.ExpectedVersion < IEventStore.AnyVersion)
            throw new ArgumentOutOfRangeException(nameof(append), append.ExpectedVersion, "A version is 0 or more, or any.");
        if (append.Events.Count > 1 && append.Events.Select(one => one.Id).Distinct().Count() != append.Events.Count)
            throw new ArgumentException($"Two events for {append.Stream} have the same id.", nameof(append));
        var metadata = EventTypes.Write(append.Metadata);
        return new(append.Stream, append.ExpectedVersion, [.. append.Events.Select(one => Event(one, types, one.Cause is { } cause
            ? EventTypes.Write(append.Metadata with { CausationId = cause })
            : metadata))]);
    }

    private static PendingEvent Event(NewEvent one, EventTypes types, string metadata)
    {
        var type = one.Body.GetType();
        var (name, version) = types.Of(type);
        return new(one.Id, type, name, version, EventTypes.Write(one.Body), metadata);
    }
}
