using Npgsql;

namespace Portal.EventStore;

/// <summary>The event store of a node: schema, store, tail, read models and the projections that fill them.</summary>
public sealed class EventStoreDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource source, searching;
    private readonly IReadOnlyList<ProjectionTable> projections;
    private readonly ArchivedBodies archived;
    private readonly AppendQueue queue;
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private readonly Wake sealing = new();

    private EventStoreDatabase(EventStoreOptions options, NpgsqlDataSource source, IReadOnlyList<ProjectionTable> projections,
        ArchivedBodies archived)
    {
        (this.source, this.projections, this.archived) = (source, projections, archived);
        var log = options.Logging.CreateLogger("Portal.EventStore");
        var (wake, progress) = (new Wake(), new Wake());
        var retrying = new Retrying(options.Time, options.Patience);
        ProjectionTable[] inline = [.. projections.Where(projection => projection.Inline)];
        var sender = new WakeSender(source, options.Time, log);
        queue = new(new AppendWriter(source, options.Types, inline, retrying, options.Time, Appended).WriteAsync);
        Store = new PostgresEventStore(source, options.Types, queue, retrying);
        Archives = new(source, options.Types, Store, new(options.ArchiveFolder), options.Time, Appended);
        Documents = new StoredDocuments(source, projections, retrying, progress);
        searching = ConnectToSearch(options);
        Search = new StoredEventSearch(searching, options.Types, projections, retrying);
        var tail = new EventTail(source, options.Types, wake, new(options.Time, TimeSpan.MaxValue), log);
        Tail = tail;
        var working = projections.Where(projection => options.RunProjections && !projection.Inline).Select(projection =>
            new ProjectionRunner(source, options.Types, projection, archived, wake, progress, options.Time, log).RunAsync(stop.Token));
        running = Task.WhenAll([
            new WakeCaller(options.ConnectionString, wake, sealing, options.Time, log).RunAsync(stop.Token),
            sender.RunAsync(stop.Token),
            tail.RunAsync(stop.Token),
            .. working]);

        void Appended()
        {
            wake.Pulse();
            sender.Appended();
        }
    }

    /// <summary>Appends and reads events.</summary>
    public IEventStore Store { get; }

    /// <summary>Follows all events.</summary>
    public IEventTail Tail { get; }

    /// <summary>Reads the read models.</summary>
    public IDocuments Documents { get; }

    /// <summary>Takes streams out of the database into files, and brings them back.</summary>
    public EventArchives Archives { get; }

    /// <summary>Searches all events, where an <see cref="EventIndex"/> is among the projections.</summary>
    public IEventSearch Search { get; }

    /// <summary>Connects, brings the schema and the tables of the read models up to date, and starts to follow.</summary>
    /// <exception cref="InvalidOperationException">Two projections share a table or a class, a declaration cannot be made into a
    /// table, or the database is of a newer schema.</exception>
    /// <exception cref="ArchiveException">A read model must be made anew, and the file of an archive is not there as it was written: the
    /// rows that stand are left as they are.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached within the patience.</exception>
    public static async Task<EventStoreDatabase> StartAsync(EventStoreOptions options, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(options);
        ProjectionTable[] projections = [.. options.Projections.Select(projection => projection.Bind(options.Types))];
        foreach (var same in projections.GroupBy(projection => projection.Name).Where(group => group.Count() > 1))
            throw new InvalidOperationException($"Two projections write the table {same.Key}.");
        foreach (var same in projections.GroupBy(projection => projection.Document).Where(group => group.Count() > 1))
            throw new InvalidOperationException($"Two projections write documents of {same.Key}.");
        var source = Connect(options);
        var archived = new ArchivedBodies(source, options.Types, new(options.ArchiveFolder));
        foreach (var projection in projections) projection.Archived = archived;
        try
        {
            return await new Retrying(options.Time, options.Patience).RunAsync(async token =>
            {
                await EventSchema.MigrateAsync(source, token);
                await ProjectionState.PrepareAsync(source, options.Types, projections, archived, token);
                return new EventStoreDatabase(options, source, projections, archived);
            }, cancel);
        }
        catch
        {
            await source.DisposeAsync();
            throw;
        }
    }

    /// <summary>How far each projection has come, in the order given at the start.</summary>
    public Task<IReadOnlyList<ProjectionStatus>> ProjectionsAsync(CancellationToken cancel) =>
        ProjectionState.ReadAsync(source, projections, cancel);

    /// <summary>Computes the hashes of one stream anew, or of all streams, and compares.</summary>
    public Task<ChainReport> VerifyAsync(string? stream, CancellationToken cancel) =>
        ChainVerification.RunAsync(source, stream, cancel);

    /// <summary>Seals what was written since the last seal (<see cref="KeptSeal"/>), in as many seals as it takes.</summary>
    /// <param name="key">Signs them.</param>
    /// <param name="now">Their time.</param>
    /// <param name="cancel">Gives up; what was sealed stays so.</param>
    /// <returns>The new seals: none where nothing was written, or where another node seals now.</returns>
    public async Task<IReadOnlyList<KeptSeal>> SealAsync(SealKey key, DateTimeOffset now, CancellationToken cancel)
    {
        var made = new List<KeptSeal>();
        while (await Sealer.SealAsync(source, key, now, cancel) is { } seal) made.Add(seal);
        return made;
    }

    /// <summary>The seals with a number above one, in order.</summary>
    public IAsyncEnumerable<KeptSeal> SealsAsync(long after, CancellationToken cancel) =>
        SealRows.ReadAsync(source, after, cancel);

    /// <summary>Compares everything with the seals.</summary>
    /// <param name="keys">The public keys of the seals.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<StoreReport> VerifySealsAsync(SealKeys keys, CancellationToken cancel) =>
        StoreVerification.RunAsync(source, keys, null, cancel);

    /// <summary>The last seal; null where there is none.</summary>
    public Task<Seal?> LastSealAsync(CancellationToken cancel) => SealRows.LastAsync(source, cancel);

    /// <summary>Whether everything up to an event is sealed. What stands at no position is.</summary>
    public Task<bool> IsSealedAsync(long position, CancellationToken cancel) => SealRows.CoversAsync(source, position, cancel);

    /// <summary>Asks the nodes that seal to do so now.</summary>
    public Task AskForSealAsync(CancellationToken cancel) => SealRows.AskAsync(source, cancel);

    /// <summary>Ends when some node asks for a seal the next time. Take it first, then seal, then wait for it.</summary>
    public Task SealAsked => sealing.Next;

    /// <summary>Shows of the events of streams that they were sealed. Its <see cref="EventProof.Keys"/> are empty: the store has
    /// none.</summary>
    /// <param name="streams">The streams, and up to which version of each.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<EventProof> ProveAsync(
        IReadOnlyCollection<(string Stream, long Version)> streams, CancellationToken cancel) => ProveAsync(streams, [], cancel);

    /// <summary>The same, with single events of other streams.</summary>
    /// <param name="streams">The streams, and up to which version of each.</param>
    /// <param name="others">Positions of the others.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<EventProof> ProveAsync(
        IReadOnlyCollection<(string Stream, long Version)> streams, IReadOnlyCollection<long> others, CancellationToken cancel) =>
        Prover.ProveAsync(source, streams, others, cancel);

    /// <summary>Shows of many events, while they are read in the order of all events, that they were sealed: in little memory,
    /// however many they are. Archived ones come with what their files say.</summary>
    /// <param name="portions">The events.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="ArchiveException">The file of an archive is missing, or is not as it was written.</exception>
    public IAsyncEnumerable<ExportPart> ProveAsync(
        IAsyncEnumerable<IReadOnlyList<EventText>> portions, CancellationToken cancel) =>
        new ProvenReading(source, archived).RunAsync(portions, cancel);

    /// <summary>Writes what waits, ends every following and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await queue.CloseAsync();
        await stop.CancelAsync();
        await running;
        stop.Dispose();
        await searching.DisposeAsync();
        await source.DisposeAsync();
    }

    private static NpgsqlDataSource Connect(EventStoreOptions options)
    {
        var builder = new NpgsqlDataSourceBuilder(options.ConnectionString);
        // No session state is ever left behind. What is sent often is prepared by itself; the hottest, where they are sent.
        builder.ConnectionStringBuilder.NoResetOnClose = true;
        builder.ConnectionStringBuilder.MaxAutoPrepare = 100;
        builder.ConnectionStringBuilder.ApplicationName ??= "portal";
        return builder.Build();
    }

    // How many rows a condition leaves differs so much from value to value that a plan made for all of them is a bad one for many.
    private static NpgsqlDataSource ConnectToSearch(EventStoreOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            NoResetOnClose = true,
            MaxAutoPrepare = 0,
            MaxPoolSize = 20,
        };
        builder.ApplicationName ??= "portal";
        builder.Options = $"{builder.Options} -c plan_cache_mode=force_custom_plan -c jit=off".Trim();
        return NpgsqlDataSource.Create(builder);
    }
}
