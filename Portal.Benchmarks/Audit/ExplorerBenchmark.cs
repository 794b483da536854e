using System.Diagnostics;
using Npgsql;
using Portal.Domain.Audit;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.EventStore;
using static Portal.Benchmarks.Audit.ExplorerGround;

namespace Portal.Benchmarks.Audit;

/// <summary>Searching a million events: how long the index takes to be made anew, how long the first page of each kind of question
/// takes with the count of all that fits (the slowest stands in the name), and how many events a second are taken away, beside COPY
/// of the same rows as text, by REST, with their proof, and verified.</summary>
public static class ExplorerBenchmark
{
    private const int Rounds = 7, PageSize = 50;
    private const double FirstPage = 100, Rebuilding = 60, Exporting = 100_000, Growing = 64;

    /// <summary>Seconds, milliseconds, events a second.</summary>
    public static async Task<IReadOnlyList<Measure>> RunAsync(CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("portal-bench-").FullName;
        try
        {
            await using var postgres = await PrivatePostgres.StartAsync(folder, null, null, cancel);
            EventStoreOptions options = new() { ConnectionString = postgres.ConnectionString, Types = new(typeof(RunSubmitted).Assembly) };
            await using (var filling = await EventStoreDatabase.StartAsync(options, cancel)) await FillAsync(filling.Store, cancel);
            var rebuilding = await IndexAsync(options, cancel);
            await using var database = await EventStoreDatabase.StartAsync(
                options with { Projections = [new EventSearchIndex(), new RunUsageProjection()] }, cancel);
            await database.Documents.CaughtUpAsync<RunUsage>(await database.Store.HighestPositionAsync(cancel), cancel);
            var pages = new List<(string Name, double Time)>();
            foreach (var (name, question, reach) in Questions())
                pages.Add((name, await PageAsync(database.Search, question.SearchFor(reach), cancel)));
            foreach (var (name, where) in Reports())
                pages.Add((name, await PageAsync(database.Search, new EventQuestion().SearchFor(
                    new(null), new(EventSearchIndex.Run, typeof(RunUsage), where)), cancel)));
            var (slowest, time) = pages.MaxBy(page => page.Time);
            var exporting = await ExportAsync(database.Search, cancel);
            var proving = await ProvenExport.RunAsync(database, folder, cancel);
            var copying = await CopyAsync(postgres.ConnectionString, cancel);
            var (lines, csv, growth) = await HttpExport.RunAsync(postgres.ConnectionString, cancel);
            return
            [
                Measure.Less("index 1,000,000 events anew", rebuilding, Rebuilding, "s"),
                Measure.Less($"first page ({slowest})", time, FirstPage, "ms"),
                Measure.More("export events", exporting, Exporting, "events/s"),
                Measure.More("export, beside COPY", exporting, copying, "events/s"),
                Measure.More("export by REST, lines", lines, Exporting, "events/s"),
                Measure.More("export by REST, CSV", csv, Exporting, "events/s"),
                Measure.Less("export by REST, memory growth", growth / 1048576.0, Growing, "MiB"),
                Measure.More("export with proof, as text, beside without", proving.Exported, exporting, "events/s"),
                Measure.More("verify an export", proving.Verified, exporting, "events/s"),
            ];
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task<double> IndexAsync(EventStoreOptions options, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        await using var database = await EventStoreDatabase.StartAsync(options with { Projections = [new EventSearchIndex()] },
            cancel);
        await database.Documents.CaughtUpAsync<EventSearchIndex>(await database.Store.HighestPositionAsync(cancel), cancel);
        while (!await IndexedAsync(options.ConnectionString, cancel)) await Task.Delay(100, cancel);
        return Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    // The runs behind numbers of reports: of ids, which here go by age.
    private static IEnumerable<(string Name, IReadOnlyList<Condition> Where)> Reports()
    {
        yield return ("all runs of a report", []);
        yield return ("the oldest 5,000 runs of a report", [new("id", Comparison.Less, IdOf<Run>(5_000).ToString())]);
        yield return ("the oldest 10 runs of a report", [new("id", Comparison.Less, IdOf<Run>(10).ToString())]);
        yield return ("the runs of ten projects", [new("project", Comparison.In, Enumerable.Range(0, 10).Select(run =>
            $"{ProjectOf(run)}").ToArray())]);
        yield return ("all that failed", [new("outcome", Comparison.Equal, "Failed")]);
        yield return ("none of them", [new("outcome", Comparison.Equal, "Cancelled")]);
    }

    // Filled is not all: the table's indices come after.
    private static async Task<bool> IndexedAsync(string connectionString, CancellationToken cancel)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("select exists (select from pg_stat_user_tables "
            + "where relname = 'event_index' and last_analyze is not null)");
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    private static IEnumerable<(string Name, EventQuestion Question, Reach Reach)> Questions()
    {
        var (all, now) = (new Reach(null), DateTimeOffset.UtcNow);
        yield return ("everything", new(), all);
        yield return ("an old period", new() { Until = now.AddHours(-1) }, all);
        yield return ("a period", new() { From = now.AddMinutes(-2), Until = now.AddMinutes(-1) }, all);
        yield return ("a person", new() { Actor = PersonOf(7).ToString() }, all);
        yield return ("the portal itself", new() { Actor = "portal" }, all);
        yield return ("a door", new() { Door = "rest" }, all);
        yield return ("a door that nothing came by", new() { Door = "cli" }, all);
        yield return ("a project", new() { Project = ProjectOf(7) }, new([ProjectOf(7)]));
        yield return ("ten projects", new(), new([.. Enumerable.Range(0, 10).Select(ProjectOf)]));
        yield return ("a machine", new() { Machine = MachineOf(7) }, all);
        yield return ("a credential", new() { Credential = CredentialOf(7) }, all);
        yield return ("a run", new() { Run = IdOf<Run>(7) }, all);
        yield return ("a request", new() { Correlation = RequestOf(7) }, all);
        yield return ("a rare type", new() { Types = ["run_failed"] }, all);
        yield return ("a common type", new() { Types = ["transfer_completed"] }, all);
        yield return ("two types", new() { Types = ["run_failed", "cancel_requested"] }, all);
        yield return ("a rare word", new() { Text = "19999" }, all);
        yield return ("a common word", new() { Text = "transfer" }, all);
        yield return ("a word that nothing has", new() { Text = "unheard" }, all);
        yield return ("two common words", new() { Text = "input-0 completed" }, all);
        yield return ("words that never meet", new() { Text = "started completed" }, all);
        yield return ("a word of ten projects", new() { Text = "OutOfMemory" }, new([.. Enumerable.Range(0, 10).Select(ProjectOf)]));
        yield return ("failures on a machine", new() { Machine = MachineOf(50), Types = ["run_failed"] }, all);
        yield return ("a person by another door", new() { Actor = PersonOf(7).ToString(), Door = "rest" }, all);
        yield return ("a type that never comes by this door", new() { Door = "rest", Types = ["transfer_completed"] }, all);
        yield return ("a person on a machine of others", new() { Actor = PersonOf(7).ToString(), Machine = MachineOf(8) }, all);
        yield return ("a key of another machine", new() { Credential = CredentialOf(7), Machine = MachineOf(8) }, all);
        yield return ("a type that no run of the machine has", new() { Machine = MachineOf(7), Types = ["run_failed"] }, all);
        yield return ("a word that no run of the machine has", new() { Machine = MachineOf(7), Text = "OutOfMemory" }, all);
        yield return ("a person in a project of others", new() { Actor = PersonOf(7).ToString(), Project = ProjectOf(8) }, new([ProjectOf(8)]));
        yield return ("a type by another door", new() { Door = "rest", Types = ["run_succeeded"] }, all);
    }

    // The page and how many there are in all, as who looks sees them. The middle one of a few: the first reads from the disk.
    private static async Task<double> PageAsync(IEventSearch search, EventSearch question, CancellationToken cancel)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
            times.Add(1000 * await Statistics.TimeAsync(async () =>
            {
                await search.PageAsync(question, newestFirst: true, PageSize, cancel);
                await search.CountAsync(question, cancel);
            }));
        return Statistics.Median(times);
    }

    private static async Task<double> ExportAsync(IEventSearch search, CancellationToken cancel)
    {
        var (count, begun) = (0, Stopwatch.GetTimestamp());
        await foreach (var portion in search.ReadAsync(new(), cancel)) count += portion.Count;
        return count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    // Nothing that takes the same rows out in their order is faster.
    private static async Task<double> CopyAsync(string connectionString, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        var begun = Stopwatch.GetTimestamp();
        using var rows = await connection.BeginTextExportAsync(
            "copy (select * from portal_events.events order by epoch, transaction_id, position) to stdout", cancel);
        var buffer = new char[1 << 16];
        while (await rows.ReadAsync(buffer, cancel) > 0) { }
        return Runs * EventsOfEach / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
