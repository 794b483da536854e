using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.Web.Reports;

namespace Portal.Web.Rest.Reports;

/// <summary>Where the runs are that the figures of a row were folded from: addresses of this API. Where they are of several
/// projects, each leads to the same report by project; null where who asks may not see them.</summary>
public sealed record ReportLinks(
    [property: Description("All of its runs: what core hours, bytes and times were folded from.")] string? Runs,
    [property: Description("Those that ended well.")] string? Succeeded,
    [property: Description("Those that failed.")] string? Failed,
    [property: Description("Those that somebody ended.")] string? Cancelled,
    [property: Description("Those that have not ended.")] string? UnderWay,
    [property: Description("The events of each of these.")] EventLinks Events)
{
    /// <summary>The addresses of a row.</summary>
    public static ReportLinks Of(MadeReport made, UsageRow row)
    {
        return new(To(null, null), To("phase", nameof(Phase.Succeeded)), To("phase", nameof(Phase.Failed)),
            To("phase", nameof(Phase.Cancelled)), To("final", "false"), EventLinks.Of(made, row));

        string? To(string? key, string? value) => RunLinks.Of(made, row, key, value);
    }
}

/// <summary>Where the events are that the figures of a row were folded from: addresses of this API; null where who asks may not
/// read all of them.</summary>
public sealed record EventLinks(
    [property: Description("Of all of its runs: what core hours, bytes and times were folded from.")] string? Runs,
    [property: Description("Of those that ended well.")] string? Succeeded,
    [property: Description("Of those that failed.")] string? Failed,
    [property: Description("Of those that somebody ended.")] string? Cancelled,
    [property: Description("Of those that have not ended.")] string? UnderWay)
{
    private const string Path = "/api/v1/events";

    internal static EventLinks Of(MadeReport made, UsageRow row) =>
        new(To(made, row), To(made, row, "succeeded"), To(made, row, "failed"), To(made, row, "cancelled"),
            To(made, row, "active"));

    internal static string? To(MadeReport made, UsageRow row, string? show = null, string? failure = null) =>
        ReportAddress.EventsOf(made, row, show, failure, Path);
}

/// <summary>How many runs failed for a reason.</summary>
/// <param name="Name">The reason.</param>
/// <param name="Runs">How many.</param>
/// <param name="Links">Where they and their events are.</param>
public sealed record ReportFailure(FailureName Name, long Runs, FailureLinks Links)
{
    internal static ReportFailure Of(MadeReport made, UsageRow row, FailureCount count) => new(count.Name, count.Runs, new(
        RunLinks.Of(made, row, "failure", count.Name.ToString()), EventLinks.To(made, row, "failed", count.Name.ToString())));
}

/// <summary>Where runs that failed for a reason are, and their events: addresses of this API; null where who asks may not see
/// them.</summary>
public sealed record FailureLinks(
    [property: Description("The runs.")] string? Runs, [property: Description("Their events.")] string? Events);

internal static class RunLinks
{
    internal static string? Of(MadeReport made, UsageRow row, string? key, string? value)
    {
        var within = ReportAddress.Within(made.Asked, row);
        return within.Project is not { } project ? ByProject(within) : made.Opens(project) ? ToRuns(within, key, value) : null;
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
        .ParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture).AddMonths(more)
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
