using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using Portal.EventStore;

namespace Portal.Benchmarks;

/// <summary>Appending single events, each durable before its writer goes on, beside plain INSERTs of the same rows into a bare
/// table on the same server, in turns.</summary>
public static class AppendBenchmark
{
    private const int Rounds = 7;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);
    internal static readonly EventMetadata Metadata =
        new("019a0000000070008000000000000001", "user", "graphql", Guid.CreateVersion7(), null, "192.0.2.10");

    /// <summary>Measures 1, 4 and 16 writers.</summary>
    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("portal-bench-").FullName;
        try
        {
            await using var postgres = await PrivatePostgres.StartAsync(folder, null, null, cancel);
            await using var database = await EventStoreDatabase.StartAsync(
                new() { ConnectionString = postgres.ConnectionString, Types = new(typeof(BenchStepFinished)) }, cancel);
            await using var source = NpgsqlDataSource.Create(postgres.ConnectionString);
            await CreateBareTableAsync(source, cancel);
            var measures = new List<Measure>();
            foreach (var writers in new[] { 1, 4, 16 })
                measures.Add(await MeasureAsync(database.Store, source, writers, cancel));
            return measures;
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task<Measure> MeasureAsync(IEventStore store, NpgsqlDataSource source, int writers, CancellationToken cancel)
    {
        List<double> ours = [], limit = [];
        for (var round = -1; round < Rounds; round++)
        {
            var appended = await RateAsync(writers, (writer, one) => AppendingAsync(store, writer, one, cancel));
            var inserted = await RateAsync(writers, (writer, one) => InsertingAsync(source, writer, one, cancel));
            if (round < 0)
                continue;
            ours.Add(appended);
            limit.Add(inserted);
        }
        var name = $"append, {writers} writer{(writers == 1 ? "" : "s")}";
        return Measure.More(name, Statistics.Median(ours), Statistics.Median(limit), "events/s");
    }

    /// <summary>Lets writers work side by side for a while; each counts what it has written.</summary>
    private static async Task<double> RateAsync(int writers, Func<int, Func<bool>, Task<int>> work)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, writers)
            .Select(writer => Task.Run(() => work(writer, () => clock.Elapsed < Length))));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static async Task<int> AppendingAsync(IEventStore store, int writer, Func<bool> goOn, CancellationToken cancel)
    {
        var count = 0;
        for (var stream = ""; goOn(); count++)
        {
            if (count % 20 == 0)
                stream = $"run-{Guid.CreateVersion7():n}";
            var result = await store.AppendAsync(
                [new(stream, count % 20, [new(Guid.CreateVersion7(), Body(writer, count))], Metadata)], cancel);
            if (result is not AppendResult.Appended { Repeated: false })
                throw new InvalidOperationException($"{result}");
        }
        return count;
    }

    private static async Task<int> InsertingAsync(NpgsqlDataSource source, int writer, Func<bool> goOn, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var command = new NpgsqlCommand("""
            insert into bare (stream, version, id, type, type_version, body, metadata, time, hash)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """, connection);
        foreach (var type in new[] { NpgsqlDbType.Text, NpgsqlDbType.Bigint, NpgsqlDbType.Uuid, NpgsqlDbType.Text, NpgsqlDbType.Integer,
            NpgsqlDbType.Json, NpgsqlDbType.Json, NpgsqlDbType.TimestampTz, NpgsqlDbType.Bytea })
            command.Parameters.Add(new() { NpgsqlDbType = type });
        await command.PrepareAsync(cancel);
        var (count, hash, metadata) = (0, new byte[32], EventTypes.Write(Metadata));
        for (var stream = ""; goOn(); count++)
        {
            if (count % 20 == 0)
                stream = $"run-{Guid.CreateVersion7():n}";
            object[] values = [stream, (long)(count % 20 + 1), Guid.CreateVersion7(), "bench_step_finished", 1,
                EventTypes.Write(Body(writer, count)), metadata, DateTime.UtcNow, hash];
            for (var i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i];
            await command.ExecuteNonQueryAsync(cancel);
        }
        return count;
    }

    internal static BenchStepFinished Body(int writer, int count) =>
        new($"step-{count}", writer, 0, "COMPLETED", $"/scratch/project/run-{writer}/step-{count}", 12.5, ["result.csv", "result.svg"]);

    // The same columns and what any such table needs: a key, and one row per stream and version.
    private static async Task CreateBareTableAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            create table bare (
                position bigint generated always as identity primary key, epoch integer not null default 1,
                transaction_id xid8 not null default pg_current_xact_id(), stream text not null, version bigint not null,
                id uuid not null, type text not null, type_version integer not null, body json not null, metadata json not null,
                time timestamptz not null, hash bytea not null, unique (stream, version))
            """);
        await command.ExecuteNonQueryAsync(cancel);
    }
}

/// <summary>An event of usual size.</summary>
[EventType("bench_step_finished")]
public sealed record BenchStepFinished(
    string Step, int Attempt, int ExitCode, string SchedulerState, string Folder, double Seconds, IReadOnlyList<string> Outputs);
