using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.Domain.Runs;

namespace Portal.Web.Reports;

/// <summary>A report in the address of its page, and the addresses that its numbers lead to.</summary>
public static class ReportAddress
{
    private const string Active = "active", Runs = "/runs", Audit = "/audit";

    private static readonly string[] RunKeys = ["project", "machine", "person", "from", "until", "show", "failure"];
    private static readonly Phase[] Outcomes = [Phase.Succeeded, Phase.Failed, Phase.Cancelled];

    /// <summary>What is asked for; what makes no sense there is passed over.</summary>
    /// <param name="query">The address behind the question mark.</param>
    public static UsageReport Read(string query)
    {
        var given = QueryHelpers.ParseQuery(query);
        string? Value(string key) => ValueOf(given, key);
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
            ? Runs + Query(("project", project.ToString()), ("machine", within.Machine?.ToString()), ("person", within.Person?.ToString()),
                ("from", within.From), ("until", within.Until), ("show", show), ("failure", failure))
            : Of(within with { By = [ReportBy.Project] });
    }

    /// <summary>The same for who reads the report; null where they may see the figures of a project and not its runs.</summary>
    public static string? Of(MadeReport made, UsageRow row, string? show = null, string? failure = null) =>
        Within(made.Asked, row).Project is { } project && !made.Opens(project) ? null : Of(made.Asked, row, show, failure);

    /// <summary>The page of the events that a number of a row was folded from; null where its reader may not read all of
    /// them.</summary>
    /// <param name="made">The report.</param>
    /// <param name="row">The row.</param>
    /// <param name="show">A group of runs, as the list of runs has them; null for all.</param>
    /// <param name="failure">Only those of runs that failed for this reason.</param>
    /// <param name="path">Another place that takes the same conditions.</param>
    public static string? EventsOf(MadeReport made, UsageRow row, string? show = null, string? failure = null,
        string path = Audit)
    {
        var within = Within(made.Asked, row);
        return !made.Opens(within.Project) ? null : path + Query(("project", within.Project?.ToString()), ("report", Query(
            ("machine", within.Machine?.ToString()), ("person", within.Person?.ToString()), ("from", within.From),
            ("until", within.Until), ("show", show), ("failure", failure)).TrimStart('?')));
    }

    /// <summary>The report of one row alone.</summary>
    public static UsageReport Within(UsageReport report, UsageRow row) => report with
    {
        Project = row.Project ?? report.Project, Machine = row.Machine ?? report.Machine, Person = row.Person ?? report.Person,
        From = row.Month ?? report.From, Until = row.Month ?? report.Until,
    };

    /// <summary>The runs of a list that a number leads to, as <c>report</c> stands in the address of their events; or why it is
    /// none.</summary>
    /// <param name="text">The list's address, or what stands in it behind the question mark.</param>
    public static Result<UsageSlice> ReadRuns(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.StartsWith(Runs + '?', StringComparison.Ordinal) ? text[Runs.Length..] : text;
        var given = QueryHelpers.ParseQuery(text);
        string? Value(string key) => ValueOf(given, key);
        var (show, failure) = (Value("show"), Value("failure"));
        FailureName? why = Enum.TryParse<FailureName>(failure, out var name) && Enum.IsDefined(name) ? name : null;
        Phase? outcome = Outcomes.FirstOrDefault(one => Group(one) == show) is var phase && phase != default ? phase : null;
        return given.Keys.Any(key => !RunKeys.Contains(key)) || (failure is not null && why is null)
            || (show is not (null or Active) && outcome is null)
            || IsNone<Project>("project") || IsNone<Machine>("machine") || IsNone<User>("person")
            ? Problem.Invalid("report", "These are no conditions of a list of runs.",
                "There are project, machine, person, from, until, show and failure, as in the address of the list that a report leads to.")
            : new UsageSlice(Read(text), outcome, show == Active, why);

        bool IsNone<T>(string key) => Value(key) is { } id && !Id<T>.TryParse(id, out _);
    }

    /// <summary>The events of a list of runs that a number leads to; null where it is narrowed by what a report does not know.</summary>
    /// <param name="project">Whose runs.</param>
    /// <param name="query">The list's address behind the question mark.</param>
    public static string? EventsOf(Id<Project> project, string query)
    {
        var given = QueryHelpers.ParseQuery(query);
        var kept = given.Where(pair => pair.Key != "project" && RunKeys.Contains(pair.Key) && pair.Value.ToString().Length > 0)
            .Select(pair => (pair.Key, (string?)pair.Value.ToString())).ToArray();
        var text = Query(kept).TrimStart('?');
        var others = given.Keys.Any(key => !RunKeys.Contains(key) && key is not ("sort" or "page" or "tick"));
        return others || text.Length == 0 || !ReadRuns(text).Ok ? null
            : Audit + Query(("project", project.ToString()), ("report", text));
    }

    private static string? ValueOf(Dictionary<string, StringValues> given, string key) =>
        given.GetValueOrDefault(key).ToString() is { Length: > 0 } value ? value : null;

    private static string Group(Phase outcome) => outcome.ToString().ToLowerInvariant();

    private static ReportBy By(string? word) =>
        Enum.TryParse<ReportBy>(word, ignoreCase: true, out var by) && Enum.IsDefined(by) ? by : ReportBy.Month;

    private static string Query(params (string Key, string? Value)[] parts) => parts.All(part => part.Value is null) ? ""
        : "?" + string.Join('&', parts.Where(part => part.Value is not null).Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value!)}"));
}
