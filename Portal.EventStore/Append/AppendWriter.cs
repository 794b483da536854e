using Npgsql;

namespace Portal.EventStore;

/// <summary>Writes batches of appends, with the inline projections in the same transaction, and sees to it that one bad
/// append does not take the others with it.</summary>
internal sealed class AppendWriter(
    NpgsqlDataSource source, EventTypes types, IReadOnlyList<ProjectionTable> inline, Retrying retrying, Action appended)
{
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
        try
        {
            return await WriteOnceAsync(appends, false, cancel);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // An event id that is there already came with the version that stands there: rare enough not to be looked for.
            return await WriteOnceAsync(appends, true, cancel);
        }
    }

    private async Task<AppendResult[]> WriteOnceAsync(IReadOnlyList<PendingAppend> appends, bool careful, CancellationToken cancel)
    {
        var concerned = Concerned(appends);
        await using var connection = await source.OpenConnectionAsync(cancel);
        return concerned.Count == 0
            ? await PlainAsync(connection, appends, careful, cancel)
            : await ProjectedAsync(connection, appends, careful, concerned, cancel);
    }

    private static async Task<AppendResult[]> PlainAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingAppend> appends, bool careful, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { AppendStatement.Command(appends, careful, []) } };
        await batch.PrepareAsync(cancel);
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        return await AppendStatement.AnswersAsync(rows, appends, cancel);
    }

    private async Task<AppendResult[]> ProjectedAsync(NpgsqlConnection connection, IReadOnlyList<PendingAppend> appends,
        bool careful, List<ProjectionTable> concerned, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        var (answers, events) = await AppendAndReadAsync(connection, appends, careful, concerned, cancel);
        if (events.Count > 0)
        {
            await using var writes = new NpgsqlBatch(connection);
            foreach (var projection in concerned)
                await projection.ApplyAsync(connection, events, writes, cancel);
            if (writes.BatchCommands.Count > 0)
                await writes.ExecuteNonQueryAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        return answers;
    }

    private async Task<(AppendResult[], List<Recorded>)> AppendAndReadAsync(NpgsqlConnection connection,
        IReadOnlyList<PendingAppend> appends, bool careful, List<ProjectionTable> concerned, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                AppendStatement.Command(appends, careful, concerned.Select(projection => projection.LockKey)),
                new($"select {EventReader.Columns} from portal_events.events e where e.transaction_id = "
                    + "pg_current_xact_id_if_assigned() and e.epoch = (select epoch from portal_events.meta) order by e.position"),
            },
        };
        await batch.PrepareAsync(cancel);
        await using var rows = await batch.ExecuteReaderAsync(cancel);
        var answers = await AppendStatement.AnswersAsync(rows, appends, cancel);
        await rows.NextResultAsync(cancel);
        var events = new List<Recorded>();
        while (await rows.ReadAsync(cancel))
            events.Add(EventReader.Read(rows, types));
        return (answers, events);
    }

    private List<ProjectionTable> Concerned(IReadOnlyList<PendingAppend> appends) =>
        [.. inline.Where(projection => appends.Any(append => append.Streams.Any(stream =>
            stream.Events.Any(one => projection.Handles(one.Type)))))];
}
