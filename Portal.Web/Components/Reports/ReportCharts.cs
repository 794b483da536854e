using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Reports;
using Portal.Web.Components.Parts;
using Portal.Web.Reports;

namespace Portal.Web.Components.Reports;

/// <summary>A bar of a chart.</summary>
/// <param name="Key">What tells it from others.</param>
/// <param name="Name">What it is of.</param>
/// <param name="Href">Where it leads; null where its reader may not follow it.</param>
/// <param name="Parts">Its parts from the left: how much, and of which kind.</param>
/// <param name="Sum">All of it in words.</param>
/// <param name="Said">The same for who listens.</param>
public sealed record ChartBar(
    string Key, string Name, string? Href, IReadOnlyList<(double Value, string Kind)> Parts, string Sum, string Said);

/// <summary>The charts of a report: a bar for each of its rows.</summary>
/// <param name="report">The report.</param>
/// <param name="people">Names of its people.</param>
public sealed class ReportCharts(MadeReport report, IReadOnlyDictionary<Id<User>, string> people)
{
    /// <summary>Most bars of a chart, where there is no order but that of size.</summary>
    public const int Most = 20;

    /// <summary>What the parts of a bar of runs are.</summary>
    public static IReadOnlyList<(string Kind, string Word)> Outcomes { get; } =
        [("good", "succeeded"), ("bad", "failed"), ("gone", "cancelled"), ("going", "under way")];

    /// <summary>What the parts of a bar of times are.</summary>
    public static IReadOnlyList<(string Kind, string Word)> Times { get; } = [("going", "median"), ("gone", "95 of 100")];

    /// <summary>What makes its rows, as titles end: <c>by month</c>.</summary>
    public string By => $"by {report.Asked.Rows[0].ToString().ToLowerInvariant()}";

    /// <summary>Why a chart has fewer bars than the report has rows; null where it has not.</summary>
    public string? Cut => ByMonth || report.Rows.Count <= Most ? null
        : $"The largest {Most} of {Format.Count(report.Rows.Count)}.";

    private bool ByMonth => report.Asked.Rows[0] == ReportBy.Month;

    /// <summary>Runs, and how they ended.</summary>
    public IReadOnlyList<ChartBar> Runs => Bars(row => row.Runs, row => Format.Count(row.Runs),
        row => $"{row.Succeeded} succeeded, {row.Failed} failed, {row.Cancelled} cancelled, {row.UnderWay} under way",
        row => [(row.Succeeded, "good"), (row.Failed, "bad"), (row.Cancelled, "gone"), (row.UnderWay, "going")]);

    /// <summary>Core hours.</summary>
    public IReadOnlyList<ChartBar> CoreHours =>
        Bars(row => row.CoreHours, row => ReportWords.Hours(row.CoreHours), row =>
            $"{ReportWords.Hours(row.CoreHours)} core hours");

    /// <summary>Bytes moved.</summary>
    public IReadOnlyList<ChartBar> Moved => Bars(row => row.Bytes, row => Format.Bytes(row.Bytes), row =>
        $"{Format.Bytes(row.Bytes)} moved");

    /// <summary>Times in the queue.</summary>
    public IReadOnlyList<ChartBar> Queued => Spreads(row => row.Queued, "in the queue");

    /// <summary>Times running.</summary>
    public IReadOnlyList<ChartBar> Ran => Spreads(row => row.Ran, "running");

    /// <summary>Why runs failed, of the whole report.</summary>
    public IReadOnlyList<ChartBar> Failures => [.. report.Total.Failures.Select(one => new ChartBar(
        one.Name.ToString(), States.Words(one.Name.ToString()),
        ReportAddress.Of(report, report.Total, "failed", one.Name.ToString()), [(one.Runs, "bad")], Format.Count(one.Runs), $"{States.Words(one.Name.ToString())}: {one.Runs}"))];

    private IReadOnlyList<ChartBar> Spreads(Func<UsageRow, Spread?> spread, string what) => Bars(
        row => spread(row)?.P95.TotalSeconds ?? 0, row => ReportWords.Spread(spread(row)),
        row => spread(row) is { } some
            ? $"half of the runs at most {ReportWords.Time(some.Median)} {what}, 95 of 100 at most {ReportWords.Time(some.P95)}"
            : $"none was {what}",
        row => spread(row) is { } some
            ? [(some.Median.TotalSeconds, "going"), (some.P95.TotalSeconds - some.Median.TotalSeconds, "gone")] : []);

    private IReadOnlyList<ChartBar> Bars(Func<UsageRow, double> size, Func<UsageRow, string> sum, Func<UsageRow, string> said,
        Func<UsageRow, IReadOnlyList<(double, string)>>? parts = null)
    {
        var rows = ByMonth ? report.Rows : report.Rows.OrderByDescending(size).Take(Most);
        return [.. rows.Select(row => (Row: row, Name: ReportWords.Name(report, row, people))).Select(one => new ChartBar(
            one.Name.Key, one.Name.Word, ReportAddress.Of(report, one.Row), parts?.Invoke(one.Row) ?? [(size(one.Row), "going")],
            sum(one.Row), $"{one.Name.Word}: {said(one.Row)}"))];
    }
}
