using Npgsql;
using NpgsqlTypes;

namespace Portal.EventStore;

/// <summary>The one statement that writes: many appends as arrays, one row back per stream.</summary>
internal static class AppendStatement
{
    private const string Sql =
        "select outcome, stream_version, last_position from portal_events.append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

    public static NpgsqlBatchCommand Command(IReadOnlyList<PendingAppend> appends, bool careful, IEnumerable<long> locks)
    {
        var streams = appends.SelectMany(append => append.Streams).ToArray();
        var events = streams.SelectMany(stream => stream.Events).ToArray();
        return new(Sql)
        {
            Parameters =
            {
                new NpgsqlParameter<bool> { TypedValue = careful },
                Array(NpgsqlDbType.Bigint, streams.Select(stream => stream.Lock).Concat(locks).Distinct().Order().ToArray()),
                Array(NpgsqlDbType.Integer, appends.SelectMany((append, request) => append.Streams.Select(_ => request)).ToArray()),
                Array(NpgsqlDbType.Text, System.Array.ConvertAll(streams, stream => stream.Stream)),
                Array(NpgsqlDbType.Bigint, System.Array.ConvertAll(streams, stream => stream.Expected)),
                Array(NpgsqlDbType.Integer, System.Array.ConvertAll(streams, stream => stream.Events.Count)),
                Array(NpgsqlDbType.Text, System.Array.ConvertAll(streams, stream => stream.Metadata)),
                Array(NpgsqlDbType.Uuid, System.Array.ConvertAll(events, one => one.Id)),
                Array(NpgsqlDbType.Text, System.Array.ConvertAll(events, one => one.Type)),
                Array(NpgsqlDbType.Integer, System.Array.ConvertAll(events, one => one.TypeVersion)),
                Array(NpgsqlDbType.Text, System.Array.ConvertAll(events, one => one.Body)),
            },
        };
    }

    /// <summary>The answers in the order asked.</summary>
    public static async Task<AppendResult[]> AnswersAsync(
        NpgsqlDataReader rows, IReadOnlyList<PendingAppend> appends, CancellationToken cancel)
    {
        var answers = new AppendResult[appends.Count];
        for (var i = 0; i < appends.Count; i++)
            answers[i] = await AnswerAsync(rows, appends[i], cancel);
        return answers;
    }

    private static async Task<AppendResult> AnswerAsync(NpgsqlDataReader rows, PendingAppend append, CancellationToken cancel)
    {
        var versions = new long[append.Streams.Count];
        var position = 0L;
        var repeated = false;
        AppendResult.Conflict? conflict = null;
        for (var i = 0; i < versions.Length; i++)
        {
            await rows.ReadAsync(cancel);
            var outcome = rows.GetInt32(0);
            versions[i] = rows.GetInt64(1);
            position = Math.Max(position, rows.GetInt64(2));
            repeated |= outcome == 1;
            if (outcome == 2)
                conflict = new(append.Streams[i].Stream, versions[i]);
        }
        return conflict ?? (AppendResult)new AppendResult.Appended(versions, position) { Repeated = repeated };
    }

    private static NpgsqlParameter Array<T>(NpgsqlDbType type, T[] values) =>
        new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
