using Microsoft.AspNetCore.WebUtilities;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Reports;

namespace Portal.Web.Reports;

/// <summary>A report in the address of its page, and the addresses that its numbers lead to.</summary>
public static class ReportAddress
{
    /// <summary>What is asked for; what makes no sense there is passed over.</summary>
    /// <param name="query">The address behind the question mark.</param>
    public static UsageReport Read(string query)
    {
        var given = QueryHelpers.ParseQuery(query);
        string? Value(string key) => given.TryGetValue(key, out var values) && values.ToString() is { Length: > 0 } value ? value : null;
        Id<T>? IdOf<T>(string key) => Id<T>.TryParse(Value(key), out var id) ? id : null;
        return new(IdOf<Project>("project"), IdOf<Machine>("machine"), IdOf<User>("person"), Value("from"), Value("until"),
            [By(Value("by"))]);
    }

    /// <summary>The page of a report; of the whole installation where it names no project.</summary>
    public static string Of(UsageReport report, string path = "/reports") => path + Query(
        ("project", report.Project?.ToString() ?? "all"), ("machine", report.Machine?.ToString()), ("person", report.Person?.ToString()),
        ("from", report.From), ("until", report.Until), ("by", report.Rows[0].ToString().ToLowerInvariant()));

    /// <summary>Where a number of a row leads: to the runs that it was folded from, or, where these are of several projects, to the
    /// same by project.</summary>
    /// <param name="report">The report.</param>
    /// <param name="row">The row.</param>
    /// <param name="show">A group of runs, as the list of runs has them; null for all.</param>
    /// <param name="failure">Only runs that failed for this reason.</param>
    public static string Of(UsageReport report, UsageRow row, string? show = null, string? failure = null)
    {
        var within = Within(report, row);
        return within.Project is { } project
            ? "/runs" + Query(("project", project.ToString()), ("machine", within.Machine?.ToString()), ("person", within.Person?.ToString()),
                ("from", within.From), ("until", within.Until), ("show", show), ("failure", failure))
            : Of(within with { By = [ReportBy.Project] });
    }

    /// <summary>The report of one row alone.</summary>
    public static UsageReport Within(UsageReport report, UsageRow row) => report with
    {
        Project = row.Project ?? report.Project, Machine = row.Machine ?? report.Machine, Person = row.Person ?? report.Person,
        From = row.Month ?? report.From, Until = row.Month ?? report.Until,
    };

    private static ReportBy By(string? word) =>
        Enum.TryParse<ReportBy>(word, ignoreCase: true, out var by) && Enum.IsDefined(by) ? by : ReportBy.Month;

    private static string Query(params (string Key, string? Value)[] parts) => parts.All(part => part.Value is null) ? ""
        : "?" + string.Join('&', parts.Where(part => part.Value is not null).Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value!)}"));
}
