using System.Globalization;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Reports;
using Portal.Web.Rest.Common;

namespace Portal.Web.Reports;

/// <summary>A report as CSV (RFC 4180). Times are seconds.</summary>
public static class UsageCsv
{
    private const string Head = "month,project,project_name,machine,machine_name,person,person_name,runs,succeeded,failed,cancelled,"
        + "under_way,core_hours,bytes,queued_median,queued_p95,ran_median,ran_p95,failures,runs_page,events_page";

    /// <summary>The file's name and text.</summary>
    /// <param name="report">The report.</param>
    /// <param name="people">Names of its people.</param>
    /// <param name="portal">The portal's address, without a slash at the end; empty where it is not known.</param>
    public static (string Name, string Text) Of(MadeReport report, IReadOnlyDictionary<Id<User>, string> people, string portal) =>
        ($"usage-{report.Asked.From}-{report.Asked.Until}.csv",
            string.Concat([Head + "\r\n", .. report.Rows.Select(row => Line(report, row, people, portal))]));

    private static string Line(
        MadeReport report, UsageRow row, IReadOnlyDictionary<Id<User>, string> people, string portal) => string.Join(',',
    [
        row.Month ?? "", $"{row.Project}", CsvCell.Of(row.Project is { } project ? report.ProjectNames.GetValueOrDefault(project) : null),
        $"{row.Machine}", CsvCell.Of(row.Machine is { } machine ? report.MachineNames.GetValueOrDefault(machine) : null),
        $"{row.Person}", CsvCell.Of(row.Person is { } person ? people.GetValueOrDefault(person, "erased") : null),
        Number(row.Runs), Number(row.Succeeded), Number(row.Failed), Number(row.Cancelled), Number(row.UnderWay),
        Number(row.CoreHours), Number(row.Bytes), Seconds(row.Queued?.Median), Seconds(row.Queued?.P95),
        Seconds(row.Ran?.Median), Seconds(row.Ran?.P95),
        string.Join("; ", row.Failures.Select(one => $"{one.Name} {Number(one.Runs)}")),
        Page(portal, ReportAddress.Of(report, row)), Page(portal, ReportAddress.EventsOf(report, row)),
    ]) + "\r\n";

    private static string Page(string portal, string? path) => path is null ? "" : portal + path;

    private static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan? span) => span is { } some ? Number(some.TotalSeconds) : "";
}
