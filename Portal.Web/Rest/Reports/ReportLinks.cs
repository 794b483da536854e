using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.Web.Reports;

namespace Portal.Web.Rest.Reports;

/// <summary>Where the runs are that the figures of a row were folded from: addresses of this API. Where they are of several
/// projects, each leads to the same report by project.</summary>
public sealed record ReportLinks(
    [property: Description("All of its runs: what core hours, bytes and times were folded from.")] string Runs,
    [property: Description("Those that ended well.")] string Succeeded,
    [property: Description("Those that failed.")] string Failed,
    [property: Description("Those that somebody ended.")] string Cancelled,
    [property: Description("Those that have not ended.")] string UnderWay)
{
    /// <summary>The addresses of a row.</summary>
    public static ReportLinks Of(UsageReport report, UsageRow row)
    {
        var within = ReportAddress.Within(report, row);
        return new(To(null, null), To("phase", nameof(Phase.Succeeded)), To("phase", nameof(Phase.Failed)),
            To("phase", nameof(Phase.Cancelled)), To("final", "false"));

        string To(string? key, string? value) => within.Project is null ? ByProject(within) : ToRuns(within, key, value);
    }

    // Months are bounded as the list of runs has it: from the first moment of the one to that behind the other.
    private static string ToRuns(UsageReport within, string? key, string? value) => Address("/api/v1/runs",
        ("project", within.Project?.ToString()), ("machine", within.Machine?.ToString()), ("person", within.Person?.ToString()),
        ("since", Moment(within.From!, 0)), ("until", Moment(within.Until!, 1)), (key ?? "phase", value));

    private static string ByProject(UsageReport within) => Address("/api/v1/reports/usage", ("machine", within.Machine?.ToString()),
        ("person", within.Person?.ToString()), ("from", within.From), ("until", within.Until), ("by", nameof(ReportBy.Project)));

    private static string Address(string path, params (string Key, string? Value)[] parts) =>
        QueryHelpers.AddQueryString(path, parts.Select(part => KeyValuePair.Create(part.Key, part.Value)));

    private static string Moment(string month, int more) => DateTime
        .ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).AddMonths(more).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
