namespace Portal.Tests.EventStore.Seals;

/// <summary>What a superuser does to the rows of <see cref="SealGround"/>, as SQL.</summary>
internal static class Deeds
{
    /// <summary>Gives an event another value.</summary>
    public static string Edit(string edit, long position) =>
        $"update portal_events.events set {edit} where position = {position}";

    /// <summary>Takes events out.</summary>
    public static string Remove(params IEnumerable<long> positions) =>
        $"delete from portal_events.events where position in ({string.Join(',', positions)})";

    /// <summary>Puts in an event, behind the last of its stream, with a hash that is right.</summary>
    public static string Insert(long position, string transaction, string stream) => $$"""
        insert into portal_events.events (
            position, epoch, transaction_id, stream, version, id, type, type_version, body, metadata, time, hash)
        select {{position}}, 1, '{{transaction}}', n.stream, n.version, n.id, 'sample_opened', 1, n.body::json,
            n.metadata::json, n.at, portal_events.event_hash(
                n.previous, n.stream, n.version, n.id, 'sample_opened', 1, n.body, n.metadata, n.at)
        from (select '{{stream}}' as stream, coalesce(max(version), 0) + 1 as version, gen_random_uuid() as id,
            coalesce((array_agg(hash order by version desc))[1], decode(repeat('00', 32), 'hex')) as previous,
            '{"name":"forged"}' as body, '{"actor":"a","actorKind":"user","door":"page"}' as metadata, now() as at
            from portal_events.events where stream = '{{stream}}') n
        """;

    /// <summary>Lets two events change their positions.</summary>
    public static string SwapPositions(long one, long other) => $"""
        update portal_events.events set position = -position where position in ({one}, {other});
        update portal_events.events set position = {one + other} + position where position < 0
        """;

    /// <summary>Lets two events change their transactions.</summary>
    public static string SwapTransactions(
        (long Position, string Transaction) one, (long Position, string Transaction) other) => $"""
        update portal_events.events set transaction_id =
            case position when {one.Position} then '{other.Transaction}'::xid8 else '{one.Transaction}'::xid8 end
        where position in ({one.Position}, {other.Position})
        """;
}
