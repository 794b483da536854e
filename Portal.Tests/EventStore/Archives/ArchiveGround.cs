using Npgsql;
using Portal.EventStore;
using Portal.Tests.EventStore.Search;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore.Archives;

/// <summary>A store of streams whose events lie between one another, and all that archives them.</summary>
internal sealed class ArchiveGround : IAsyncDisposable
{
    public const int Streams = 6;

    private readonly string folder = Directory.CreateTempSubdirectory("portal-archives-").FullName;

    private ArchiveGround(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    public string Folder => Path.Combine(folder, "archives");

    public string KeysFile => Path.Combine(folder, "keys.pem");

    public SealKey Key { get; private set; } = null!;

    public SealKeys Keys { get; private set; } = null!;

    public EventStoreDatabase Database { get; private set; } = null!;

    public IEventStore Store => Database.Store;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<ArchiveGround> MakeAsync(PostgresFixture postgres)
    {
        var ground = new ArchiveGround(await postgres.CreateDatabaseAsync());
        ground.Key = SealKey.LoadOrCreate(Path.Combine(ground.folder, "seal.pem"));
        ground.Keys = SealKeys.Parse(ground.Key.PublicPem);
        await File.WriteAllTextAsync(ground.KeysFile, ground.Key.PublicPem, Cancel);
        ground.Database = await ground.OpenAsync(1);
        for (var stream = 0; stream < Streams; stream++)
            await ground.Store.AppendedAsync(Name(stream), 0, new SampleOpened(SampleIndex.Thing(stream).ToString(), "größer \n\"ok\""));
        for (var round = 1; round < 4; round++)
            for (var stream = 0; stream < Streams; stream++)
                await ground.Store.AppendedAsync(Name(stream), round, new SampleCounted(stream, "mm"));
        await ground.Store.AppendedAsync(Name(1), 4, new SampleClosed(SampleEnd.Kept));
        return ground;
    }

    public static string Name(int stream) => $"sample-{stream}";

    /// <summary>Opens the store as a node does whose read models have a version.</summary>
    public Task<EventStoreDatabase> OpenAsync(int version, string? archives = null) => EventStoreDatabase.StartAsync(new()
    {
        ConnectionString = ConnectionString, Types = Samples.Types(), ArchiveFolder = archives ?? Folder,
        Projections = [new SampleProjection(version), new BriefProjection(version), new SampleIndex(version)],
    }, Cancel);

    public async Task ReopenAsync(int version)
    {
        await Database.DisposeAsync();
        Database = await OpenAsync(version);
    }

    public ArchiveOrder Order(params int[] streams) => new([.. streams.Select(Name)], Samples.Metadata, Key.PublicPem, SealAsync);

    public async Task<StreamsArchived> ArchiveAsync(params int[] streams)
    {
        var made = await Database.Archives.MakeAsync(Order(streams), Cancel);
        Assert.NotNull(made);
        await SealAsync(await Store.HighestPositionAsync(Cancel), Cancel);
        return made;
    }

    public string PathOf(StreamsArchived archive) => Path.Combine(Folder, archive.File);

    /// <summary>Seals all up to a position, which what is written beside it may hold up for a moment.</summary>
    public async Task<bool> SealAsync(long position, CancellationToken cancel)
    {
        while (!await Database.IsSealedAsync(position, cancel)) await Database.SealAsync(Key, DateTimeOffset.UtcNow, cancel);
        return true;
    }

    public async Task<StoreReport> VerifyAsync(bool files = false)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        return await StoreVerification.RunAsync(source, Keys, null, Cancel, files ? Folder : null);
    }

    /// <summary>Every row of events, as text.</summary>
    public Task<List<string>> RowsAsync() => ReadAsync(
        "select row(e.*)::text from portal_events.events e where stream not like 'archive-%' order by position");

    /// <summary>Every row of the read models, as text.</summary>
    public async Task<List<string>> ModelsAsync()
    {
        var highest = await Store.HighestPositionAsync(Cancel);
        await Database.Documents.CaughtUpAsync<SampleView>(highest, Cancel);
        await Database.Documents.CaughtUpAsync<SampleIndex>(highest, Cancel);
        return
        [
            .. await ReadAsync("select row(s.*)::text from portal_documents.samples s order by id"),
            .. await ReadAsync("select row(s.*)::text from portal_documents.briefs s order by id"),
            .. await ReadAsync("select row(s.*)::text from portal_documents.sample_index s order by number"),
        ];
    }

    public async Task<List<string>> ReadAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        var found = new List<string>();
        while (await rows.ReadAsync(Cancel)) found.Add(rows.GetString(0));
        return found;
    }

    /// <summary>Runs statements as a superuser whom no trigger stops.</summary>
    public Task TamperAsync(string sql) =>
        PostgresFixture.AdministerAsync(ConnectionString, $"set session_replication_role = replica; {sql}");

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Keys.Dispose();
        Key.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
