using Npgsql;

namespace Portal.EventStore;

/// <summary>Writes batches of appends, with the inline projections in the same transaction, and sees to it that one bad
/// append does not take the others with it.</summary>
/// <remarks>The usual append is one statement and one round trip: this node knows the head of the stream, computes hashes upon it,
/// and inserts. When the head was not the last event after all, or an event id is there already, a unique index
/// refuses the insert; then heads and ids are looked up and it is decided anew.</remarks>
internal sealed class AppendWriter(
    NpgsqlDataSource source, EventTypes types, IReadOnlyList<ProjectionTable> inline, Retrying retrying, TimeProvider time, Action appended)
{
    private readonly StreamHeads heads = new();

    public async Task WriteAsync(IReadOnlyList<PendingAppend> appends)
    {
        try
        {
            var answers = await retrying.RunAsync(cancel => WriteOnceAsync(appends, cancel), CancellationToken.None);
            for (var i = 0; i < appends.Count; i++)
                appends[i].Answer(answers[i]);
            if (answers.Any(answer => answer is AppendResult.Appended { Repeated: false }))
                appended();
        }
        catch (PostgresException taken) when (appends.Count == 1
            && taken.SqlState == PostgresErrorCodes.UniqueViolation && taken.SchemaName == "portal_documents")
        {
            // What a read model keeps once was written by somebody else at the same moment.
            appends[0].Answer(new AppendResult.Conflict(appends[0].Streams[0].Stream, appends[0].Streams[0].Expected));
        }
        catch (Exception error) when (appends.Count == 1)
        {
            appends[0].Fail(error);
        }
        catch (Exception error) when (Retrying.IsPassing(error))
        {
            // The database stayed away for longer than patience lasts: it would for each of them alone, too.
            foreach (var append in appends)
                append.Fail(error);
        }
        catch (Exception)
        {
            foreach (var append in appends)
                await WriteAsync([append]);
        }
    }

    private async Task<AppendResult[]> WriteOnceAsync(IReadOnlyList<PendingAppend> appends, CancellationToken cancel)
    {
        var concerned = Concerned(appends);
        await using var connection = await source.OpenConnectionAsync(cancel);
        for (var plan = AppendPlan.FromMemory(appends, heads, EventTime.Now(time)); ; plan = null)
        {
            if (plan is null)
            {
                var sight = await AppendStatements.LookAsync(connection, appends, cancel);
                heads.Seen(sight.Archives);
                plan = AppendPlan.FromSight(appends, sight, EventTime.Now(time));
            }
            try
            {
                var positions = plan.Rows.Count == 0 ? []
                    : concerned.Count == 0 ? await PlainAsync(connection, plan, cancel)
                    : await ProjectedAsync(connection, plan, concerned, cancel);
                // None where an archive was made since this node looked: no head that it remembers need be one any more.
                if (positions.Count == plan.Rows.Count)
                    return plan.Done(positions, heads);
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.UniqueViolation && refused.TableName == "events")
            {
                // Somebody else was first, which can be so again: each time around, at least one append came to be.
                foreach (var stream in appends.SelectMany(append => append.Streams))
                    heads.Forget(stream.Stream);
            }
        }
    }

    private static async Task<List<long>> PlainAsync(NpgsqlConnection connection, AppendPlan plan, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { AppendStatements.Insert(plan) } };
        await batch.PrepareAsync(cancel);
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        return await AppendStatements.PositionsAsync(rows, cancel);
    }

    private async Task<List<long>> ProjectedAsync(
        NpgsqlConnection connection, AppendPlan plan, List<ProjectionTable> concerned, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var (positions, events) = await AppendAndReadAsync(connection, plan, concerned, cancel);
        if (positions.Count == 0)
            return positions;
        await using var writes = new NpgsqlBatch(connection);
        foreach (var projection in concerned)
            await projection.ApplyAsync(connection, events, writes, cancel);
        if (writes.BatchCommands.Count > 0)
            await writes.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        return positions;
    }

    private async Task<(List<long>, List<Recorded>)> AppendAndReadAsync(
        NpgsqlConnection connection, AppendPlan plan, List<ProjectionTable> concerned, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                AppendStatements.Hold(concerned),
                AppendStatements.Insert(plan),
                new($"select {EventReader.Columns} from portal_events.events e where e.transaction_id = "
                    + "pg_current_xact_id_if_assigned() and e.epoch = (select epoch from portal_events.meta) order by e.position"),
            },
        };
        await batch.PrepareAsync(cancel);
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        await rows.NextResultAsync(cancel);
        var positions = await AppendStatements.PositionsAsync(rows, cancel);
        await rows.NextResultAsync(cancel);
        var events = new List<Recorded>();
        while (await rows.ReadAsync(cancel))
            events.Add(EventReader.Read(rows, types));
        return (positions, events);
    }

    private List<ProjectionTable> Concerned(IReadOnlyList<PendingAppend> appends) => inline.Count == 0 ? [] :
        [.. inline.Where(projection => appends.Any(append => append.Streams.Any(stream =>
            stream.Events.Any(one => projection.Handles(one.Type)))))];
}
