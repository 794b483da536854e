using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Portal.EventStore;
using Portal.Jobs.Audit;
using Portal.Jobs.Audit.Places;
using Portal.Tests.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Audit;

/// <summary>Sealing by the minute, by a clock that stands until it is moved on.</summary>
public sealed class SealClockTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 4, 5, 6, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("portal-seals-").FullName;
    private readonly HandClock time = new(Begin);
    private readonly Told told = new();
    private EventStoreDatabase database = null!;
    private NpgsqlDataSource source = null!;
    private SealKey key = null!;
    private SealCarriers carriers = null!;
    private SealClock clock = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var at = await postgres.CreateDatabaseAsync();
        database = await Samples.OpenAsync(at);
        source = NpgsqlDataSource.Create(at);
        key = SealKey.LoadOrCreate(Path.Combine(folder, "seal.pem"));
        var settings = new SealSettings();
        carriers = new(database, [], new SealPlaceTable(source, "node-1"), settings, time, NullLogger<SealCarriers>.Instance);
        clock = new(database, key, settings, carriers, time, told);
        await clock.StartAsync(Cancel);
        Assert.Equal(TimeSpan.FromMinutes(1), await time.Asked.WaitAsync(Cancel));
    }

    [Fact]
    public async Task What_happened_is_sealed_when_the_minute_is_over_and_a_minute_without_events_makes_no_seal()
    {
        var first = await HappenedAsync();
        time.Forward(TimeSpan.FromSeconds(59));
        Assert.Null(await database.LastSealAsync(Cancel));
        time.Forward(TimeSpan.FromSeconds(1));
        var seal = await SealOfAsync(first);
        Assert.Equal((1, 1, Begin.AddMinutes(1)), (seal.Number, seal.Count, seal.Time));

        for (var minute = 0; minute < 3; minute++) time.Forward(TimeSpan.FromMinutes(1));
        var second = await HappenedAsync();
        time.Forward(TimeSpan.FromMinutes(1));
        seal = await SealOfAsync(second);
        Assert.Equal((2, 1), (seal.Number, seal.Count));
        // The round of the first minute looks once more whether something is left, and may take it along.
        Assert.InRange(seal.Time, Begin.AddMinutes(1), Begin.AddMinutes(5));
    }

    [Fact]
    public async Task Who_asks_is_not_kept_waiting_for_the_minute()
    {
        var position = await HappenedAsync();
        // What listens begins by itself a moment after the start: it is asked until it is heard.
        while (!await database.IsSealedAsync(position, Cancel)) await database.AskForSealAsync(Cancel);
        Assert.Equal(Begin, (await database.LastSealAsync(Cancel))!.Time);
    }

    [Fact]
    public async Task A_minute_that_fails_is_made_up_for_by_the_next()
    {
        var position = await HappenedAsync();
        await PostgresFixture.AdministerAsync(source.ConnectionString, "alter table portal_events.seals rename to gone");
        time.Forward(TimeSpan.FromMinutes(1));
        Assert.StartsWith("What happened could not be sealed: ", await told.First.WaitAsync(Cancel));
        await PostgresFixture.AdministerAsync(source.ConnectionString, "alter table portal_events.gone rename to seals");
        time.Forward(TimeSpan.FromMinutes(1));
        Assert.Equal(Begin.AddMinutes(2), (await SealOfAsync(position)).Time);
    }

    public async ValueTask DisposeAsync()
    {
        await clock.StopAsync(default);
        clock.Dispose();
        carriers.Dispose();
        key.Dispose();
        await source.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    // An event that nothing under way can come before any more: what seals takes it.
    private async Task<long> HappenedAsync()
    {
        await database.Store.AppendedAsync($"sample-{Guid.NewGuid():n}", 0, new SampleOpened("x"));
        var position = await database.Store.HighestPositionAsync(Cancel);
        await foreach (var batch in database.Tail.FollowAsync(0, Cancel))
            if (batch.Any(recorded => recorded.Position == position)) break;
        return position;
    }

    private async Task<Seal> SealOfAsync(long position)
    {
        while (!await database.IsSealedAsync(position, Cancel)) Cancel.ThrowIfCancellationRequested();
        return (await database.LastSealAsync(Cancel))!;
    }

    private sealed class Told : ILogger<SealClock>
    {
        private readonly TaskCompletionSource<string> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The first that was said.</summary>
        public Task<string> First => first.Task;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            first.TrySetResult(formatter(state, exception));
    }
}
