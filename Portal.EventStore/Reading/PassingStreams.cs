using Npgsql;

namespace Portal.EventStore;

/// <summary>Streams whose rows pass one behind the other: of one at a time the events are held. After a fault it goes on with
/// those that have not been handed out.</summary>
internal sealed class PassingStreams(NpgsqlDataSource source, EventTypes types, IReadOnlyCollection<string> streams)
    : IAsyncDisposable
{
    private const string Statement = $"select {EventReader.Columns} from portal_events.events e where e.stream = any ($1) "
        + "order by e.stream, e.version";

    private readonly HashSet<string> left = new(streams, StringComparer.Ordinal);
    private ReadMetadata metadata = new();
    private Task starting = Task.CompletedTask;
    private NpgsqlCommand? command;
    private NpgsqlDataReader? rows;

    // The first event of the next stream: it tells that the one before is whole.
    private Recorded? first;
    private bool begun;

    /// <summary>Has the database begin to look for them, while something else is read.</summary>
    public void Start(CancellationToken cancel) => starting = StartAsync(cancel);

    /// <summary>All events of the next stream in order; null when there is no further one.</summary>
    public async Task<IReadOnlyList<Recorded>?> NextAsync(CancellationToken cancel)
    {
        await starting;
        try
        {
            if (rows is null)
                await BeginAsync(cancel);
            if (!begun)
                (first, begun) = (await ReadAsync(cancel), true);
            if (first is null)
                return null;
            var events = new List<Recorded> { first };
            while ((first = await ReadAsync(cancel)) is not null && first.Stream == events[0].Stream)
                events.Add(first);
            left.Remove(events[0].Stream);
            return events;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the connection back.</summary>
    public async ValueTask DisposeAsync()
    {
        await starting;
        if (rows is not null)
            await rows.DisposeAsync();
        if (command is not null)
            await command.DisposeAsync();
        (command, rows, first, begun) = (null, null, null, false);
    }

    // What goes wrong here is met again, and told, by who reads.
    private async Task StartAsync(CancellationToken cancel)
    {
        try
        {
            await BeginAsync(cancel);
        }
        catch (Exception fault) when (fault is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            if (command is not null)
                await command.DisposeAsync();
            command = null;
        }
    }

    private async Task BeginAsync(CancellationToken cancel)
    {
        (command, metadata) = (source.CreateCommand(Statement), new());
        command.Parameters.Add(new() { Value = left.ToArray() });
        rows = await command.ExecuteReaderAsync(cancel);
    }

    private async ValueTask<Recorded?> ReadAsync(CancellationToken cancel) =>
        await rows!.ReadAsync(cancel) ? EventReader.Read(rows, types, read: metadata) : null;
}
