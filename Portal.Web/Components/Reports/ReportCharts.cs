using System.Globalization;
using Portal.Domain.Reports;
using Portal.Web.Components.Parts;
using Portal.Web.Reports;

namespace Portal.Web.Components.Reports;

/// <summary>A bar of a chart.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Parts">Its parts from the left: how much, and of which kind.</param>
/// <param name="Sum">All of it in words.</param>
/// <param name="Said">The same for who listens.</param>
public sealed record ChartBar(string Name, string Href, IReadOnlyList<(double Value, string Kind)> Parts, string Sum, string Said);

/// <summary>The bars of reports, and their numbers in words.</summary>
public static class ReportCharts
{
    /// <summary>What the parts of a bar of runs are.</summary>
    public static IReadOnlyList<(string Kind, string Word)> Outcomes { get; } =
        [("good", "succeeded"), ("bad", "failed"), ("gone", "cancelled"), ("going", "under way")];

    /// <summary>Runs of each month.</summary>
    public static IReadOnlyList<ChartBar> Runs(MadeReport report) => [.. report.Rows.Select(row => new ChartBar(
        row.Month!, ReportAddress.Of(report.Asked, row),
        [(row.Succeeded, "good"), (row.Failed, "bad"), (row.Cancelled, "gone"), (row.UnderWay, "going")], Format.Count(row.Runs),
        $"{row.Month}: {row.Succeeded} succeeded, {row.Failed} failed, {row.Cancelled} cancelled, {row.UnderWay} under way"))];

    /// <summary>Core hours of each month.</summary>
    public static IReadOnlyList<ChartBar> CoreHours(MadeReport report) => [.. report.Rows.Select(row => new ChartBar(
        row.Month!, ReportAddress.Of(report.Asked, row), [(row.CoreHours, "going")], Hours(row.CoreHours),
        $"{row.Month}: {Hours(row.CoreHours)} core hours"))];

    /// <summary>Why runs failed.</summary>
    public static IReadOnlyList<ChartBar> Failures(MadeReport report) => [.. report.Total.Failures.Select(one => new ChartBar(
        States.Words(one.Name.ToString()), ReportAddress.Of(report.Asked, report.Total, "failed", one.Name.ToString()),
        [(one.Runs, "bad")], Format.Count(one.Runs), $"{States.Words(one.Name.ToString())}: {one.Runs}"))];

    /// <summary>Hours with as many digits as help.</summary>
    public static string Hours(double hours) =>
        hours.ToString(hours < 10 ? "0.##" : hours < 100 ? "0.#" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>A time, or a dash.</summary>
    public static string Time(TimeSpan? span) => span is { } some ? Format.Duration(some) : "–";
}
