using Portal.EventStore;

namespace Portal.Tests.EventStore.Seals;

/// <summary>What a superuser does to the rows with plain SQL, two hundred times each, is found and named.</summary>
public sealed class TamperTests(SealGround ground) : IClassFixture<SealGround>
{
    private const int Times = 200;

    // The same edits in every run.
    private readonly Random random = new(20261127);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edited_event_is_named()
    {
        var places = await ground.PlacesAsync();
        string[] edits =
        [
            "body = (body::text || ' ')::json", "body = '{}'",
            "metadata = '{\"actor\":\"b\",\"actorKind\":\"user\",\"door\":\"page\"}'",
            "time = time + interval '1 microsecond'", "id = gen_random_uuid()", "type = 'sample_closed'", "type_version = 7",
            "hash = sha256(hash)", "stream = 'sample-other'", "version = version + 100",
            // With a hash that follows from what it says now.
            "body = '{\"name\":\"forged\"}', hash = portal_events.event_hash(decode(repeat('00', 32), 'hex'), stream, version, id, "
                + "type, type_version, '{\"name\":\"forged\"}', metadata::text, time)",
        ];
        for (var time = 0; time < Times; time++)
        {
            var at = places[random.Next(places.Count)].Position;
            await TamperAsync(Deeds.Edit(edits[time % edits.Length], at), StoreFaultKind.Edited, at);
        }
    }

    [Fact]
    public async Task A_removed_event_is_named()
    {
        var places = await ground.PlacesAsync();
        for (var time = 0; time < Times; time++)
        {
            var at = places[random.Next(places.Count - 1)].Position;
            await TamperAsync(Deeds.Remove(at), StoreFaultKind.Removed, at);
        }
    }

    [Fact]
    public async Task An_inserted_event_is_named_even_with_a_hash_that_is_right()
    {
        var places = await ground.PlacesAsync();
        for (var time = 0; time < Times; time++)
        {
            var position = places.Max(place => place.Position) + 1 + time;
            var transaction = places[random.Next(places.Count - 2)].Transaction;
            var stream = time % 2 == 0 ? "sample-new" : $"sample-{random.Next(SealGround.Streams)}";
            await TamperAsync(Deeds.Insert(position, transaction, stream), StoreFaultKind.Inserted, position);
        }
    }

    [Fact]
    public async Task Of_events_in_another_order_the_first_is_named()
    {
        var places = await ground.PlacesAsync();
        for (var time = 0; time < Times; time++)
        {
            var (one, other) = (random.Next(places.Count), random.Next(places.Count));
            if (one == other) other = (one + 1) % places.Count;
            var (left, right) = (places[one], places[other]);
            await TamperAsync(left.Transaction == right.Transaction || time % 2 == 0
                ? Deeds.SwapPositions(left.Position, right.Position)
                : Deeds.SwapTransactions(left, right), StoreFaultKind.Reordered, places[Math.Min(one, other)].Position);
        }
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_named()
    {
        var places = await ground.PlacesAsync();
        for (var time = 0; time < Times; time++)
        {
            var last = places[^(1 + random.Next(places.Count - 1))];
            await TamperAsync(Deeds.Remove(places.SkipWhile(place => place != last).Select(place => place.Position)),
                StoreFaultKind.CutOff, last.Position);
        }
    }

    private async Task TamperAsync(string sql, StoreFaultKind kind, long position)
    {
        await ground.RunAsync(sql);
        try
        {
            var report = await ground.Database.VerifySealsAsync(ground.Keys, Cancel);
            Assert.True(report.Fault is { } fault && fault.Kind == kind && fault.Position == position,
                $"{sql}\n{position}: {report.Fault}");
        }
        finally
        {
            await ground.RestoreAsync();
        }
    }
}
