using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>The event store in PostgreSQL.</summary>
internal sealed class PostgresEventStore(NpgsqlDataSource source, EventTypes types, AppendQueue queue, Retrying retrying) : IEventStore
{
    private const int PageSize = 1000, StreamsTogether = 400;

    public Task<AppendResult> AppendAsync(IReadOnlyList<StreamAppend> appends, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var done = queue.WriteAsync(new PendingAppend(appends, types));
        return cancel.CanBeCanceled ? done.WaitAsync(cancel) : done;
    }

    public async IAsyncEnumerable<Recorded> ReadStreamAsync(
        string stream, long fromVersion = 1, StreamBound? until = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var next = fromVersion; ;)
        {
            var page = await retrying.RunAsync(token => PageAsync(stream, next, until, token), cancel);
            foreach (var recorded in page)
                yield return recorded;
            if (page.Count < PageSize)
                yield break;
            next = page[^1].Version + 1;
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<Recorded>> ReadEachAsync(
        IReadOnlyCollection<string> streams, [EnumeratorCancellation] CancellationToken cancel)
    {
        // While some pass, the database looks for the next.
        var parts = new Queue<string[]>(streams.Distinct(StringComparer.Ordinal).Chunk(StreamsTogether));
        var coming = Start();
        try
        {
            while (coming is not null)
            {
                await using var passing = coming;
                coming = Start();
                while (await retrying.RunAsync(passing.NextAsync, cancel) is { } events)
                {
                    await RefuseArchivedAsync(events, cancel);
                    yield return events;
                }
            }
        }
        finally
        {
            if (coming is not null)
                await coming.DisposeAsync();
        }

        PassingStreams? Start()
        {
            if (!parts.TryDequeue(out var part))
                return null;
            var started = new PassingStreams(source, types, part);
            started.Start(cancel);
            return started;
        }
    }

    public async Task<IReadOnlyDictionary<string, IReadOnlyList<Recorded>>> ReadStreamsAsync(
        IReadOnlyCollection<string> streams, CancellationToken cancel)
    {
        var found = new Dictionary<string, IReadOnlyList<Recorded>>(StringComparer.Ordinal);
        await foreach (var events in ReadEachAsync(streams, cancel))
            found[events[0].Stream] = events;
        return found;
    }

    public Task<IReadOnlyDictionary<string, StreamArchive>> ArchivedAsync(
        IReadOnlyCollection<string> streams, CancellationToken cancel) => retrying.RunAsync(
            async Task<IReadOnlyDictionary<string, StreamArchive>> (token) => await ArchiveRows.OfAsync(source, streams, token), cancel);

    public Task<IReadOnlyList<Recorded>> ReadAllAsync(long after, int limit, CancellationToken cancel) =>
        retrying.RunAsync(async Task<IReadOnlyList<Recorded>> (token) =>
        {
            var place = await EventReader.PlaceAsync(source, after, token);
            return (await EventReader.BehindAsync(source, types, place, limit, token)).Events.ConvertAll(placed => placed.Event);
        }, cancel);

    public Task<long> LastPositionAsync(CancellationToken cancel) =>
        retrying.RunAsync(async token => (await EventReader.LastAsync(source, token)).Position, cancel);

    public Task<long> HighestPositionAsync(CancellationToken cancel) =>
        retrying.RunAsync(token => EventReader.HighestAsync(source, token), cancel);

    private async Task<List<Recorded>> PageAsync(string stream, long from, StreamBound? until, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            $"select {EventReader.Columns} from portal_events.events e where e.stream = $1 and e.version >= $2 and e.version <= $3 "
            + "and e.position <= $4 and e.time <= $5 order by e.version limit $6");
        command.Parameters.Add(new() { Value = stream });
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = until?.Version ?? long.MaxValue });
        command.Parameters.Add(new() { Value = until?.Position ?? long.MaxValue });
        command.Parameters.Add(new()
        {
            Value = until?.Moment is { } moment ? moment.UtcDateTime : DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
            NpgsqlDbType = NpgsqlDbType.TimestampTz,
        });
        command.Parameters.Add(new() { Value = PageSize });
        return await ReadAsync(command, cancel);
    }

    private async Task<List<Recorded>> ReadAsync(NpgsqlCommand command, CancellationToken cancel)
    {
        var (events, read) = (new List<Recorded>(), new ReadMetadata());
        await using (var rows = await command.ExecuteReaderAsync(cancel))
            while (await rows.ReadAsync(cancel))
                events.Add(EventReader.Read(rows, types, read: read));
        await RefuseArchivedAsync(events, cancel);
        return events;
    }

    private async Task RefuseArchivedAsync(IReadOnlyList<Recorded> events, CancellationToken cancel)
    {
        foreach (var recorded in events)
            if (recorded.Body is ArchivedEvent { Archive: var archive })
                throw new StreamArchivedException(recorded.Stream, await ArchiveRows.FindAsync(source, archive, cancel) is { } row
                    ? row.Place : new(archive, archive.ToString("n"), recorded.Time));
    }
}
