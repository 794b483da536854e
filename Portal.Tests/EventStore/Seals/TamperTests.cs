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
            await TamperAsync($"update portal_events.events set {edits[time % edits.Length]} where position = {at}",
                StoreFaultKind.Edited, at);
        }
    }

    [Fact]
    public async Task A_removed_event_is_named()
    {
        var places = await ground.PlacesAsync();
        for (var time = 0; time < Times; time++)
        {
            var at = places[random.Next(places.Count - 1)].Position;
            await TamperAsync($"delete from portal_events.events where position = {at}", StoreFaultKind.Removed, at);
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
            await TamperAsync($$"""
                insert into portal_events.events (
                    position, epoch, transaction_id, stream, version, id, type, type_version, body, metadata, time, hash)
                select {{position}}, 1, '{{transaction}}', n.stream, n.version, n.id, 'sample_opened', 1, n.body::json,
                    n.metadata::json, n.at, portal_events.event_hash(
                        n.previous, n.stream, n.version, n.id, 'sample_opened', 1, n.body, n.metadata, n.at)
                from (select '{{stream}}' as stream, coalesce(max(version), 0) + 1 as version, gen_random_uuid() as id,
                    coalesce((array_agg(hash order by version desc))[1], decode(repeat('00', 32), 'hex')) as previous,
                    '{"name":"forged"}' as body, '{"actor":"a","actorKind":"user","door":"page"}' as metadata, now() as at
                    from portal_events.events where stream = '{{stream}}') n
                """, StoreFaultKind.Inserted, position);
        }
    }

    [Fact]
    public async Task Events_in_another_order_are_named()
    {
        var places = await ground.PlacesAsync();
        for (var time = 0; time < Times; time++)
        {
            var one = places[random.Next(places.Count)];
            var other = places[random.Next(places.Count)];
            if (one == other) other = places[(places.IndexOf(one) + 1) % places.Count];
            var positions = one.Transaction == other.Transaction || time % 2 == 0;
            await TamperAsync(positions
                ? $"""
                    update portal_events.events set position = -position where position in ({one.Position}, {other.Position});
                    update portal_events.events set position = {one.Position + other.Position} + position
                    where position < 0
                    """
                : $"""
                    update portal_events.events
                    set transaction_id = case position when {one.Position} then '{other.Transaction}'::xid8 else '{one.Transaction}'::xid8 end where position in ({one.Position}, {other.Position})
                    """, StoreFaultKind.Reordered, one.Position, other.Position);
        }
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_named()
    {
        var places = await ground.PlacesAsync();
        for (var time = 0; time < Times; time++)
        {
            var last = places[^(1 + random.Next(places.Count - 1))];
            var gone = string.Join(',', places.SkipWhile(place => place != last).Select(place => place.Position));
            await TamperAsync(
                $"delete from portal_events.events where position in ({gone})", StoreFaultKind.CutOff, last.Position);
        }
    }

    private async Task TamperAsync(string sql, StoreFaultKind kind, params long[] positions)
    {
        await ground.RunAsync(sql);
        try
        {
            var report = await ground.Database.VerifySealsAsync(ground.Keys, Cancel);
            Assert.True(report.Fault is { } fault && fault.Kind == kind && positions.Contains(fault.Position!.Value),
                $"{sql}\n{report.Fault}");
        }
        finally
        {
            await ground.RestoreAsync();
        }
    }
}
