using Portal.EventStore;

namespace Portal.Domain.Common;

/// <summary>Something that is folded from the events of one stream.</summary>
/// <typeparam name="TSelf">The state itself, immutable.</typeparam>
public interface IAggregate<TSelf> where TSelf : class, IAggregate<TSelf>
{
    /// <summary>What its streams' names begin with, before the dash and the id.</summary>
    static abstract string Prefix { get; }

    /// <summary>The state before the first event.</summary>
    static abstract TSelf Empty { get; }

    /// <summary>The state after one more event. Takes the time from the event, never from a clock.</summary>
    TSelf Apply(Recorded recorded);
}

/// <summary>A state and the version it was folded to; 0 when the stream does not exist.</summary>
public sealed record Loaded<TState>(TState State, long Version);

/// <summary>Events to be written to one stream whose version is known.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="ExpectedVersion">Its last version; 0 for a new one.</param>
/// <param name="Events">What happened.</param>
public sealed record Write(string Stream, long ExpectedVersion, IReadOnlyList<object> Events);

/// <summary>How handlers read and write facts: aggregates by id, and appends that carry who, how and why.</summary>
public sealed class Ledger(IEventStore store, IChance chance)
{
    private const int ConflictRetries = 8;

    /// <summary>The stream of one thing.</summary>
    public static string StreamOf<TState>(Guid id) where TState : class, IAggregate<TState> => $"{TState.Prefix}-{id:n}";

    /// <summary>The id that a stream's name ends with, when it is a stream of <typeparamref name="TState"/>.</summary>
    public static bool TryIdOf<TState>(string stream, out Guid id) where TState : class, IAggregate<TState>
    {
        id = default;
        return stream.StartsWith(TState.Prefix + "-", StringComparison.Ordinal)
            && Guid.TryParseExact(stream.AsSpan(TState.Prefix.Length + 1), "n", out id);
    }

    /// <summary>Folds a thing from its events, as of now or as of a bound.</summary>
    public async Task<Loaded<TState>> LoadAsync<TState>(Guid id, CancellationToken cancel, StreamBound? until = null)
        where TState : class, IAggregate<TState>
    {
        var state = TState.Empty;
        var version = 0L;
        await foreach (var recorded in store.ReadStreamAsync(StreamOf<TState>(id), 1, until, cancel))
            (state, version) = (state.Apply(recorded), recorded.Version);
        return new(state, version);
    }

    /// <summary>Writes all or nothing. A stream that moved on is a <c>CONFLICT</c>.</summary>
    /// <returns>Versions, position and time of what was written; nothing was written where there is no event.</returns>
    public async Task<Result<AppendResult.Appended>> AppendAsync(Caller caller, IReadOnlyList<Write> writes, CancellationToken cancel)
    {
        var metadata = MetadataOf(caller);
        var appends = writes.Where(write => write.Events.Count > 0).Select(write => new StreamAppend(
            write.Stream, write.ExpectedVersion, [.. write.Events.Select(body => new NewEvent(chance.NewGuid(), body))], metadata)).ToList();
        if (appends.Count == 0) return new AppendResult.Appended([], 0);
        return await store.AppendAsync(appends, cancel) switch
        {
            AppendResult.Appended done => done,
            AppendResult.Archived archived => Problem.Archived(archived.Archive),
            AppendResult.Conflict conflict => Problem.Conflict(conflict.Stream[..conflict.Stream.IndexOf('-', StringComparison.Ordinal)]),
            _ => throw new InvalidOperationException("An append is appended or in conflict."),
        };
    }

    /// <summary>Loads, decides and appends; when the thing was changed meanwhile, decides anew on what it is now.</summary>
    /// <returns>The state after the events, or the problems that <paramref name="decide"/> named.</returns>
    public async Task<Result<TState>> ChangeAsync<TState>(Caller caller, Guid id,
        Func<TState, Result<IReadOnlyList<object>>> decide, CancellationToken cancel) where TState : class, IAggregate<TState>
    {
        for (var attempt = 1; ; attempt++)
        {
            var (state, version) = await LoadAsync<TState>(id, cancel);
            var decided = decide(state);
            if (!decided.Ok) return Result.Refused<TState>(decided.Problems);
            if (decided.Value.Count == 0) return state;
            var appended = await AppendAsync(caller, [new(StreamOf<TState>(id), version, decided.Value)], cancel);
            if (appended.Ok) return (await LoadAsync<TState>(id, cancel)).State;
            if (attempt == ConflictRetries) return Result.Refused<TState>(appended.Problems);
        }
    }

    /// <summary>What is written to every event of a request: who, how and why.</summary>
    public static EventMetadata MetadataOf(Caller caller) => new(
        caller.TokenId?.ToString("n") ?? caller.User?.ToString() ?? "portal",
        caller.TokenId is not null ? "token" : caller.User is not null ? "user" : "system",
        caller.Door, caller.CorrelationId, caller.CausationId, caller.ClientAddress);
}
