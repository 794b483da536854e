using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.EventStore.Search;

/// <summary>A node whose clock is set back between two events: moments find what bears them, whatever the order.</summary>
public sealed class BackwardClockTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_period_finds_exactly_what_was_recorded_in_it()
    {
        var clock = new SetClock();
        await using var database = await EventStoreDatabase.StartAsync(new()
        {
            ConnectionString = await postgres.CreateDatabaseAsync(), Types = Samples.Types(), Projections = [new SampleIndex()], Time = clock,
        }, Cancel);
        // Minutes past noon, in the order of recording: an hour back after the third.
        int[] minutes = [0, 10, 60, 1, 5, 20, 61, 30, 70];
        foreach (var (minute, number) in minutes.Select((minute, number) => (minute, number)))
        {
            clock.Now = Noon.AddMinutes(minute);
            await database.Store.AppendedAsync($"sample-{number}", 0, new SampleOpened($"{minute}"));
        }
        await database.CaughtUpAsync();

        for (var from = -1; from < 72; from++)
            for (var until = from; until < 72; until += 7)
            {
                var search = new EventSearch { From = Noon.AddMinutes(from), Until = Noon.AddMinutes(until) };
                var found = await database.Search.PageAsync(search, newestFirst: false, 100, Cancel);
                Assert.Equal(minutes.Where(minute => minute >= from && minute < until),
                    found.Events.Select(recorded => int.Parse(((SampleOpened)recorded.Body).Name, null)));
            }
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
