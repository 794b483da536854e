using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Portal.Cli.Audit;
using Portal.Domain.Audit;
using Portal.EventStore;
using Portal.Jobs.Addresses;
using Portal.Jobs.Audit;
using Portal.Jobs.Audit.Places;
using Portal.Tests.EventStore;
using Portal.Tests.EventStore.Seals;
using Reach = Portal.Tests.Fixtures.Reach;

namespace Portal.Tests.Jobs.Audit;

/// <summary>Places off the machine: a web server, a bucket and a folder, that are there, gone, and there again.</summary>
public sealed class SealPlacesTests(SealGround ground) : IClassFixture<SealGround>
{
    private static readonly OutgoingGate Here = new(new() { Allow = Reach.Here });

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData(false), InlineData(true)]
    public async Task Every_seal_gets_there_once_and_in_order_also_after_it_was_gone(bool bucket)
    {
        await using var server = await SealServer.StartAsync(Cancel);
        var place = bucket ? Bucket(server) : Web(server);
        server.Down = true;
        using var carriers = Carriers(Here, place);
        await carriers.CarryAsync(Cancel);
        Assert.NotNull(carriers.States.Single().Fault);
        server.Down = false;
        await carriers.CarryAsync(Cancel);
        Assert.Null(carriers.States.Single().Fault);
        Assert.Equal(3, carriers.States.Single().Taken);
        Assert.Equal([1, 2, 3], server.Puts.Select(put => int.Parse(put[^17..^5])));
        var folder = bucket ? "/seals/of/portal/" : "/seals/";
        using var content = new MemoryStream(server.Files[folder + SealFile.Name(2)]);
        Assert.Equal((await ground.SealsAsync())[1].Text, (await SealFile.ReadAsync(content, "", Cancel)).Text);

        // Another node, or this one anew, finds out how far it is; what is lost from the end is brought again.
        server.Files.TryRemove(folder + SealFile.Name(3), out _);
        using var again = Carriers(Here, place);
        await again.CarryAsync(Cancel);
        await again.CarryAsync(Cancel);
        Assert.Equal((3, 4), (server.Files.Count, server.Puts.Count));
    }

    [Fact]
    public async Task A_place_that_is_gone_keeps_no_other_waiting_and_a_wrong_secret_is_told()
    {
        await using var server = await SealServer.StartAsync(Cancel);
        var folder = Path.Combine(Path.GetDirectoryName(ground.KeyFile)!, "place");
        var wrong = Bucket(server);
        wrong.Secret = "wrong";
        using var carriers = Carriers(Here, new() { Url = "http://127.0.0.1:9/seals" }, wrong, new() { Url = folder });
        await carriers.CarryAsync(Cancel);
        Assert.Equal([0, 0, 3], carriers.States.Select(state => state.Taken));
        Assert.Equal([true, true, false], carriers.States.Select(state => state.Fault is not null));
        Assert.Equal(3, Directory.GetFiles(folder).Length);
        Assert.Empty(server.Files);
    }

    [Fact]
    public async Task It_is_reached_through_the_gate()
    {
        await using var server = await SealServer.StartAsync(Cancel);
        using var carriers = Carriers(OutgoingGate.Default, Web(server), Bucket(server));
        await carriers.CarryAsync(Cancel);
        Assert.All(carriers.States, state => Assert.NotNull(state.Fault));
        Assert.Empty(server.Files);
    }

    [Fact]
    public async Task A_store_is_verified_by_the_seals_on_a_web_server()
    {
        await using var server = await SealServer.StartAsync(Cancel);
        using var carriers = Carriers(Here, Web(server));
        await carriers.CarryAsync(Cancel);
        await using var source = NpgsqlDataSource.Create(ground.ConnectionString);
        try
        {
            await ground.RunAsync("delete from portal_events.seals where number = 3; delete from portal_events.events "
                + "where position in (select position from portal_events.events order by position desc limit 40)");
            var report = await StoreVerification.RunAsync(
                source, ground.Keys, SealUrl.ReadAsync($"{server.Address}/seals", _ => null, Cancel), Cancel);
            Assert.Equal((StoreFaultKind.CutOff, 3), (report.Fault!.Kind, report.Fault.Seal));
            await Assert.ThrowsAsync<Portal.Cli.UsageException>(async () =>
            {
                await foreach (var _ in SealUrl.ReadAsync($"{server.Address}/nothing", _ => null, Cancel)) { }
            });
        }
        finally
        {
            await ground.RestoreAsync();
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_place_that_is_read_by_who_has_its_key_alone_is_read_with_that_of_the_environment(bool bucket)
    {
        await using var server = await SealServer.StartAsync(Cancel);
        using var carriers = Carriers(Here, bucket ? Bucket(server) : Web(server));
        await carriers.CarryAsync(Cancel);
        server.Closed = true;
        var place = bucket ? "s3://seals/of/portal" : $"{server.Address}/seals/";
        var known = new Dictionary<string, string>
        {
            ["PORTAL_SEALS_TOKEN"] = SealServer.Token, ["AWS_ENDPOINT_URL_S3"] = server.Address, ["AWS_REGION"] = "eu-central-1",
            ["AWS_ACCESS_KEY_ID"] = SealServer.AccessKey, ["AWS_SECRET_ACCESS_KEY"] = SealServer.Secret,
        };

        Assert.Equal((await ground.SealsAsync()).Select(seal => seal.Text), (await ReadAsync(place, known)).Select(seal => seal.Text));

        var wrong = known.ToDictionary(one => one.Key, one => one.Key.StartsWith("AWS_E", StringComparison.Ordinal) ? one.Value : "wrong");
        var refused = await Assert.ThrowsAsync<Portal.Cli.UsageException>(() => ReadAsync(place, wrong));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        Assert.Contains(bucket ? "s3:GetObject" : "PORTAL_SEALS_TOKEN", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<Portal.Cli.UsageException>(() => ReadAsync(place + "-nothing", known));
        // Without a key nothing is asked, and a token goes nowhere in the clear.
        var none = await Assert.ThrowsAsync<Portal.Cli.UsageException>(() =>
            bucket ? ReadAsync(place, []) : ReadAsync("http://seals.example.org/", known));
        Assert.Contains(bucket ? "AWS_ACCESS_KEY_ID" : "https://", none.Message, StringComparison.Ordinal);
    }

    private static async Task<List<KeptSeal>> ReadAsync(string place, Dictionary<string, string> environment) =>
        await SealUrl.ReadAsync(place, environment.GetValueOrDefault, Cancel).ToListAsync(Cancel);

    [Theory]
    [InlineData("", "", "Url"), InlineData("seals", "", "Url"), InlineData("http://seals.example.org/", "", "https://")]
    [InlineData("https://ada@seals.example.org/", "", "without user"), InlineData("ftp://seals.example.org/", "", "none of https and s3")]
    [InlineData("s3://bucket", "", "AccessKey"), InlineData("s3://bucket", "http://s3.example.org", "Endpoint: an address")]
    public void What_means_nothing_is_refused_at_the_start(string url, string endpoint, string words)
    {
        var place = new SealPlaceSettings { Url = url, Endpoint = endpoint, AccessKey = endpoint.Length > 0 ? "key" : "" };
        Assert.Contains(words, Assert.Throws<FormatException>(() => Carriers(Here, place)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_asks_for_a_seal_is_heard_by_another()
    {
        await using var other = await Samples.OpenAsync(ground.ConnectionString);
        // What listens begins by itself a moment after the start: it is asked until it is heard.
        for (var heard = other.SealAsked; !heard.IsCompleted;)
        {
            await ground.Database.AskForSealAsync(Cancel);
            await Task.WhenAny(heard, Task.Delay(50, Cancel));
        }
        Assert.True(await ground.Database.IsSealedAsync(await ground.Database.Store.HighestPositionAsync(Cancel), Cancel));
    }

    [Fact]
    public async Task What_keeps_seals_from_a_place_is_told_in_a_word_and_since_when_also_after_a_restart()
    {
        await using var server = await SealServer.StartAsync(Cancel);
        var (wrong, gone) = (Bucket(server), new SealPlaceSettings { Url = "http://127.0.0.1:9/seals" });
        wrong.Secret = "wrong";
        var node = $"node-{Guid.NewGuid():n}";
        using (var carriers = CarriersOf(node, Here, wrong, gone, Web(server))) await carriers.CarryAsync(Cancel);
        var first = await StandAsync(node);
        Assert.Equal(
        [
            ("http", 0, SealPlaceFaultKind.Unreachable), ("http", 3, null), ("s3", 0, SealPlaceFaultKind.Refused),
        ], first.Select(place => (place.Place.Split(':')[0], (int)place.Taken, place.Fault?.Kind)).Order());
        Assert.DoesNotContain(SealServer.AccessKey, string.Join(' ', first), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", string.Join(' ', first), StringComparison.Ordinal);

        using (var carriers = CarriersOf(node, Here, wrong, gone, Web(server))) await carriers.CarryAsync(Cancel);
        Assert.Equal(first.Select(place => place.Fault?.Since), (await StandAsync(node)).Select(place => place.Fault?.Since));
        using (var carriers = CarriersOf(node, Here, Bucket(server))) await carriers.CarryAsync(Cancel);
        await Table(node).KeepAsync([first.Single(place => place.Place[0] == 's').Place], Cancel);
        var left = Assert.Single(await StandAsync(node));
        Assert.Equal((3, null), (left.Taken, left.Fault?.Message));
        await ground.RunAsync($"update portal_seals.places set seen_at = now() - interval '31 minutes' where node = '{node}'");
        Assert.Empty(await StandAsync(node));
    }

    [Fact]
    public void Health_names_no_place()
    {
        var since = new DateTimeOffset(2026, 3, 4, 15, 2, 11, TimeSpan.FromHours(1));
        SealPlaceStanding Place(string name, SealPlaceFaultKind? kind = null, int later = 0) =>
            new(name, "node-1", 1, kind is { } one ? new(one, "No such host (inner.example.org)", since.AddMinutes(later)) : null);
        Assert.Equal("ready\n", Portal.Web.Composition.Health.Words([]));
        Assert.Equal("ready\n", Portal.Web.Composition.Health.Words([Place("a")]));
        Assert.Equal("degraded\nseals: 2 of 3 places without them since 2026-03-04T14:02:11Z: refused, unreachable\n",
            Portal.Web.Composition.Health.Words([Place("a"), Place("b", SealPlaceFaultKind.Unreachable, 5),
                Place("c", SealPlaceFaultKind.Refused), Place("c", SealPlaceFaultKind.Refused, 9)]));
    }

    private async Task<IReadOnlyList<SealPlaceStanding>> StandAsync(string node) =>
        [.. (await Table(node).ListAsync(Cancel)).Where(place => place.Node == node)];

    private SealPlaceTable Table(string node) => new(ground.Source, node);

    private static SealPlaceSettings Web(SealServer server) => new() { Url = $"{server.Address}/seals", Secret = SealServer.Token };

    private static SealPlaceSettings Bucket(SealServer server) => new()
    {
        Url = "s3://seals/of/portal", Endpoint = server.Address, AccessKey = SealServer.AccessKey, Secret = SealServer.Secret,
    };

    private SealCarriers Carriers(OutgoingGate gate, params SealPlaceSettings[] places) => CarriersOf("node-1", gate, places);

    private SealCarriers CarriersOf(string node, OutgoingGate gate, params SealPlaceSettings[] places)
    {
        var settings = new SealSettings();
        foreach (var place in places) settings.Places.Add(place);
        return new(ground.Database, KnownPlaces.Of(settings, gate), Table(node), settings, TimeProvider.System, NullLogger<SealCarriers>.Instance);
    }
}
