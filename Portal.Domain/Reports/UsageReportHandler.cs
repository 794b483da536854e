using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Reports;

/// <summary>Makes reports: of a project for who reads its events, of the installation for its auditors and administrators.</summary>
public sealed class UsageReportHandler(
    IDocuments documents, Access access, AuditReach reach, Readings readings, IChance chance)
{
    /// <summary>Most rows of a report.</summary>
    public const int MostRows = 10_000;

    private static readonly IReadOnlyList<Measure> Measures =
    [
        new(MeasureKind.Count),
        .. new[] { Phase.Succeeded, Phase.Failed, Phase.Cancelled }.Select(outcome =>
            new Measure(MeasureKind.Count, Of: new("outcome", Comparison.Equal, outcome.ToString()))),
        new(MeasureKind.Sum, "core_seconds"), new(MeasureKind.Sum, "bytes"),
        new(MeasureKind.Percentile, "queue_seconds", 0.5), new(MeasureKind.Percentile, "queue_seconds", 0.95),
        new(MeasureKind.Percentile, "run_seconds", 0.5), new(MeasureKind.Percentile, "run_seconds", 0.95),
    ];

    /// <summary>The report. It is counted behind the tail, and may miss the last moment.</summary>
    public async Task<Result<MadeReport>> HandleAsync(Caller caller, UsageReport asked, CancellationToken cancel)
    {
        if (await RefusalAsync(caller, asked, cancel) is { } refusal) return refusal;
        var within = asked.Within(chance.Now);
        if (!within.Ok) return Result.Refused<MadeReport>(within.Problems);
        await readings.NoteAsync(caller, asked.Project, ReadingKind.Report, "usage", cancel);
        var report = within.Value;
        var rows = await RowsAsync(report, report.Rows, cancel);
        if (rows.Count > MostRows)
            return Problem.Invalid("by", $"This report would have more than {MostRows} rows.",
                "Ask for fewer months, for one project, machine or person, or for rows by less.");
        var total = (await RowsAsync(report, [], cancel))[0];
        var projects = await FindAsync<QuotaView, Project>(rows.Select(row => row.Project), cancel);
        var machines = await FindAsync<MachineView, Machine>(rows.Select(row => row.Machine), cancel);
        return new MadeReport(report, rows, total, projects.ToDictionary(view => view.Project, view => view.Name),
            machines.ToDictionary(view => view.Id, view => view.Settings.Name),
            projects.Where(view => view.Personal).ToDictionary(view => view.Project, view => view.Owner))
        {
            Readable = await ReadableAsync(caller, report, cancel),
        };
    }

    // An administrator has the figures of all projects, and sees into their own alone.
    private async Task<IReadOnlyCollection<Id<Project>>?> ReadableAsync(Caller caller, UsageReport report,
        CancellationToken cancel) =>
        report.Project is { } one ? [one]
            : await reach.OfAsync(caller, null, cancel) is { Ok: true } found ? found.Value.Projects : [];

    private async Task<Problem?> RefusalAsync(Caller caller, UsageReport asked, CancellationToken cancel) =>
        asked.Project is { } project
            ? await access.RefusalAsync(caller, project, Operation.ReadEvents, "project", cancel)
            : await access.RefusalAsync(caller, Operation.ReportAll, "report", cancel);

    private async Task<IReadOnlyList<UsageRow>> RowsAsync(UsageReport report, IReadOnlyList<ReportBy> by, CancellationToken cancel)
    {
        var columns = by.Select(one => one.ToString().ToLowerInvariant()).ToList();
        var groups = await documents.GroupAsync<RunUsage>(
            new(report.Conditions, columns, Measures, MostRows + 1), cancel);
        var failed = await documents.GroupAsync<RunUsage>(
            new([.. report.Conditions, new("failure", Comparison.NotEqual, null)], [.. columns, "failure"], [new(MeasureKind.Count)],
                (MostRows + 1) * Enum.GetValues<FailureName>().Length), cancel);
        var failures = failed.GroupBy(group => KeyOf(group.Key, by.Count)).ToDictionary(group => group.Key,
            group => (IReadOnlyList<FailureCount>)[.. group
                .Select(one => new FailureCount(Enum.Parse<FailureName>(one.Key[^1]!), (long)one.Figures[0]!))
                .OrderByDescending(one => one.Runs).ThenBy(one => one.Name)]);
        return [.. groups.Select(group => Row(by, group, failures.GetValueOrDefault(KeyOf(group.Key, by.Count)) ?? []))];
    }

    private static string KeyOf(IReadOnlyList<string?> key, int count) => string.Join(' ', key.Take(count));

    private static UsageRow Row(IReadOnlyList<ReportBy> by, DocumentGroup group, IReadOnlyList<FailureCount> failures)
    {
        var figures = group.Figures;
        return new(Key(ReportBy.Month), IdOf<Project>(ReportBy.Project), IdOf<Machine>(ReportBy.Machine),
            IdOf<Accounts.User>(ReportBy.Person), Count(0), Count(1), Count(2), Count(3), figures[4]!.Value / 3600, Count(5),
            Spread(6), Spread(8), failures);

        string? Key(ReportBy one) => by.ToList().IndexOf(one) is >= 0 and var at ? group.Key[at] : null;
        Id<T>? IdOf<T>(ReportBy one) => Key(one) is { } text ? Id<T>.Parse(text) : null;
        long Count(int at) => (long)figures[at]!.Value;
        Spread? Spread(int at) => figures[at] is { } median
            ? new(TimeSpan.FromSeconds(median), TimeSpan.FromSeconds(figures[at + 1]!.Value)) : null;
    }

    private async Task<IReadOnlyList<TView>> FindAsync<TView, TThing>(IEnumerable<Id<TThing>?> ids, CancellationToken cancel)
        where TView : class
    {
        var asked = ids.OfType<Id<TThing>>().Distinct().Select(id => id.ToString()).ToArray();
        return asked.Length == 0 ? []
            : (await documents.QueryAsync<TView>(new([new("id", Comparison.In, asked)], Limit: asked.Length), cancel)).Items;
    }
}
