using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;
using Portal.Web.Reports;

namespace Portal.Web.GraphQL.Reports;

/// <summary>What was used. Runs count for the month in which they were submitted, UTC.</summary>
/// <param name="made">The report.</param>
[ObjectType("UsageReport")]
public sealed class UsageReportNode(MadeReport made)
{
    /// <summary>Its first month, such as 2026-01.</summary>
    public string From => made.Asked.From!;

    /// <summary>Its last month.</summary>
    public string Until => made.Asked.Until!;

    /// <summary>Its rows, in the order of what makes them.</summary>
    public IReadOnlyList<UsageRowNode> Rows => [.. made.Rows.Select(row => new UsageRowNode(made, row))];

    /// <summary>All of it as one row.</summary>
    public UsageRowNode Total => new(made, made.Total);
}

/// <summary>How runs of a report ended.</summary>
public enum UsageOutcome
{
    /// <summary>Well.</summary>
    Succeeded,
    /// <summary>They failed, and were not taken up again.</summary>
    Failed,
    /// <summary>Somebody ended them.</summary>
    Cancelled,
    /// <summary>Not yet.</summary>
    UnderWay,
}

/// <summary>A row of a report: what it is of, as far as rows are made by it, and its figures.</summary>
/// <param name="made">The report.</param>
/// <param name="row">The row.</param>
[ObjectType("UsageRow")]
public sealed class UsageRowNode(MadeReport made, UsageRow row)
{
    internal Id<User>? User => row.Person;

    internal MadeReport Report => made;

    internal UsageRow Row => row;

    /// <summary>Its month, such as 2026-11.</summary>
    public string? Month => row.Month;

    /// <summary>Its project.</summary>
    [Id("Project")] public Id<Project>? Project => row.Project;

    /// <summary>What that is called.</summary>
    public string? ProjectName => row.Project is { } project ? made.ProjectNames.GetValueOrDefault(project) : null;

    /// <summary>Its machine.</summary>
    [Id("Machine")] public Id<Machine>? Machine => row.Machine;

    /// <summary>What that is called.</summary>
    public string? MachineName => row.Machine is { } machine ? made.MachineNames.GetValueOrDefault(machine) : null;

    /// <summary>All of its runs.</summary>
    public long Runs => row.Runs;

    /// <summary>Those that ended well.</summary>
    public long Succeeded => row.Succeeded;

    /// <summary>Those that failed, and were not taken up again.</summary>
    public long Failed => row.Failed;

    /// <summary>Those that somebody ended.</summary>
    public long Cancelled => row.Cancelled;

    /// <summary>Those that have not ended.</summary>
    public long UnderWay => row.UnderWay;

    /// <summary>Core hours that their steps used, of all attempts.</summary>
    public double CoreHours => row.CoreHours;

    /// <summary>Bytes that were moved for them.</summary>
    public long Bytes => row.Bytes;

    /// <summary>How long the jobs of a run waited in the queue together; null where none started.</summary>
    public Spread? Queued => row.Queued;

    /// <summary>How long the jobs of a run ran together; null where none ended.</summary>
    public Spread? Ran => row.Ran;

    /// <summary>Why those failed that did, the most frequent first.</summary>
    public IReadOnlyList<FailureCount> Failures => row.Failures;
}

/// <summary>Who a row is of.</summary>
[ObjectType<UsageRowNode>]
public static class UsageRowFields
{
    /// <summary>Who submitted.</summary>
    public static async Task<Person?> GetPersonAsync([Parent] UsageRowNode row, PersonLoader people) =>
        row.User is { } user ? await people.LoadAsync(user) : null;

    /// <summary>
    /// Path of the page with the runs that its figures were folded from; where these are of several projects, or may not be seen,
    /// of the same report by project.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="outcome">Only those that ended so.</param>
    /// <param name="failure">Only those that failed for this reason.</param>
    public static string GetRunsPath([Parent] UsageRowNode row, UsageOutcome? outcome = null, FailureName? failure = null) =>
        ReportAddress.Of(row.Report, row.Row, Group(outcome, failure), failure?.ToString())
        ?? ReportAddress.Of(ReportAddress.Within(row.Report.Asked, row.Row) with { Project = null, By = [ReportBy.Project] });

    /// <summary>
    /// Path of the page with the events that its figures were folded from: those of its runs. Null where who asks may not read
    /// all of them.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="outcome">Only those of runs that ended so.</param>
    /// <param name="failure">Only those of runs that failed for this reason.</param>
    public static string? GetEventsPath([Parent] UsageRowNode row, UsageOutcome? outcome = null, FailureName? failure = null) =>
        ReportAddress.EventsOf(row.Report, row.Row, Group(outcome, failure), failure?.ToString());

    private static string? Group(UsageOutcome? outcome, FailureName? failure) => outcome switch
    {
        UsageOutcome.UnderWay => "active",
        null => failure is null ? null : "failed",
        { } ended => ended.ToString().ToLowerInvariant(),
    };
}

/// <summary>Reports.</summary>
[QueryType]
public static class ReportQueries
{
    /// <summary>What was used by a project, for who may read its events; or by all of the installation, for its auditors and,
    /// in person, its administrators. Null if there is no such project.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="reports">The handler.</param>
    /// <param name="cancel">Ends the question.</param>
    /// <param name="project">The project; all of them if none is named.</param>
    /// <param name="machine">Only runs on this machine.</param>
    /// <param name="person">Only runs of this person.</param>
    /// <param name="from">The first month, such as 2026-01; eleven before the last if none is named.</param>
    /// <param name="until">The last month; the present one if none is named.</param>
    /// <param name="by">What makes a row; months if nothing is named.</param>
    public static async Task<UsageReportNode?> GetUsageReportAsync([Caller] Caller caller, UsageReportHandler reports,
        CancellationToken cancel, [Id("Project")] Id<Project>? project = null, [Id("Machine")] Id<Machine>? machine = null,
        [Id("Person")] Id<User>? person = null, string? from = null, string? until = null, IReadOnlyList<ReportBy>? by = null) =>
        (await reports.HandleAsync(caller, new(project, machine, person, from, until, by), cancel)).OrNull() is { } made ? new(made) : null;
}
