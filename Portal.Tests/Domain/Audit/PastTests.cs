using Portal.Domain.Audit;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Runs;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Audit;

/// <summary>Things as they were, and moments at which they were not.</summary>
public sealed class PastTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static readonly DateTimeOffset Start = Given.Start;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Past Past => ground.Get<Past>();

    // Positions 11, 21, 31, 41, a second apart.
    private static List<Recorded> Events() => [.. Given.Fetched.Select((fact, at) => new Recorded(
        11 + (10 * at), "run-1", at + 1, Guid.NewGuid(), "", 1, "{}", fact, new("portal", "system", "worker", Guid.Empty),
        Start.AddSeconds(at), default))];

    private async Task<long> VersionAsync(List<Recorded> events, Moment at) =>
        (await Past.FindAsync<Run>(events, at, "run", Cancel)).Value!.Version;

    [Fact]
    public async Task A_moment_is_a_version_a_position_or_a_time()
    {
        // Positions that no event of the thing has are those of the last before.
        await ground.RunAsync();
        var highest = await ground.Get<IEventStore>().HighestPositionAsync(Cancel);
        var events = Events().Select((one, at) => one with { Position = at + 1 }).ToList();
        Assert.Equal(2, await VersionAsync(events, new(Version: 2)));
        Assert.Equal(3, await VersionAsync(events, new(Position: 3)));
        Assert.Equal(4, await VersionAsync(events, new(Position: highest)));
        Assert.Equal(2, await VersionAsync(events, new(Time: Start.AddSeconds(1.5))));
        Assert.Equal(1, await VersionAsync(events, new(Time: Start)));
        var now = (await Past.FindAsync<Run>(events, null, "run", Cancel)).Value!;
        Assert.Equal((4, 4), (now.Version, now.Latest));
        Assert.True(now.State.Transfers["input-0"].Done);
        Assert.False(now.Before.Transfers["input-0"].Done);
        Assert.Empty(now.At(1).Before.Steps);
    }

    [Fact]
    public void What_happened_since_moves_who_looks_at_the_latest_and_nobody_else()
    {
        var events = Events();
        var known = new AsItWas<Run>([.. events.Take(2)], 2);
        var grown = known.With(events);
        Assert.Equal((4, 4), (grown.Version, grown.Latest));
        Assert.True(grown.State.Transfers["input-0"].Done);
        var earlier = known.At(1).With(events);
        Assert.Equal((1, 4), (earlier.Version, earlier.Latest));
        // What is known already, and what does not follow, is passed over.
        Assert.Same(known, known.With(events.Take(2)));
        Assert.Same(known, known.With(events.Skip(3)));
        Assert.Equal(2, known.Latest);
    }

    [Theory]
    [InlineData("VERSION_UNKNOWN", 0L, null, null)]
    [InlineData("VERSION_UNKNOWN", 5L, null, null)]
    [InlineData("INVALID_INPUT", null, 0L, null)]
    [InlineData("BEFORE_BEGINNING", null, 1L, null)]
    [InlineData("POSITION_AHEAD", null, long.MaxValue, null)]
    [InlineData("BEFORE_BEGINNING", null, null, "2026-11-20T07:59:59Z")]
    [InlineData("TIME_AHEAD", null, null, "2999-01-01T00:00:00Z")]
    [InlineData("INVALID_INPUT", null, null, null)]
    [InlineData("INVALID_INPUT", 1L, 11L, null)]
    public async Task A_moment_that_there_was_not_is_refused_by_name(string code, long? version, long? position, string? time)
    {
        var at = new Moment(version, position, time is null ? null
            : DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        var refused = Assert.Single((await Past.FindAsync<Run>(Events(), at, "run", Cancel)).Problems!);
        Assert.Equal(code, refused.Code);
        Assert.NotNull(refused.Field);
        if (code != "INVALID_INPUT") Assert.NotEmpty(refused.Advice!);
    }
}
