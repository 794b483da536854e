using System.Globalization;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Reports;

/// <summary>What makes the rows of a report.</summary>
public enum ReportBy
{
    /// <summary>A row for each calendar month, UTC.</summary>
    Month,
    /// <summary>A row for each project.</summary>
    Project,
    /// <summary>A row for each machine.</summary>
    Machine,
    /// <summary>A row for each person who submitted.</summary>
    Person,
}

/// <summary>What a report is of. Runs count for the month in which they were submitted.</summary>
/// <param name="Project">The project; null for all of the installation.</param>
/// <param name="Machine">Only runs on this machine.</param>
/// <param name="Person">Only runs of this person.</param>
/// <param name="From">The first month, <c>2026-01</c>; null for eleven before the last.</param>
/// <param name="Until">The last month; null for the present one.</param>
/// <param name="By">What makes a row; empty for months.</param>
public sealed record UsageReport(Id<Project>? Project = null, Id<Machine>? Machine = null, Id<User>? Person = null,
    string? From = null, string? Until = null, IReadOnlyList<ReportBy>? By = null)
{
    /// <summary>Most months of a report.</summary>
    public const int MostMonths = 120;

    /// <summary>What makes a row, each once.</summary>
    public IReadOnlyList<ReportBy> Rows => By is { Count: > 0 } by ? [.. by.Distinct()] : [ReportBy.Month];

    /// <summary>The same with its months filled in; or what is wrong with them.</summary>
    public Result<UsageReport> Within(DateTimeOffset now)
    {
        if (Read(Until ?? RunUsage.MonthOf(now)) is not { } until) return NoMonth("until");
        if (Read(From ?? Text(until.AddMonths(-Math.Min(11, (until.Year - 1) * 12 + until.Month - 1)))) is not { } from)
            return NoMonth("from");
        var months = (until.Year - from.Year) * 12 + until.Month - from.Month + 1;
        return months switch
        {
            < 1 => Problem.Invalid("from", "The first month is behind the last one.", "Change one of them."),
            > MostMonths => Problem.Invalid("from", $"A report has at most {MostMonths} months.", "Begin later."),
            _ => this with { From = Text(from), Until = Text(until) },
        };
    }

    internal IReadOnlyList<Condition> Conditions =>
    [
        .. new Condition?[]
        {
            Project is null ? null : new("project", Comparison.Equal, Project.ToString()),
            new("month", Comparison.AtLeast, From), new("month", Comparison.AtMost, Until),
            Machine is null ? null : new("machine", Comparison.Equal, Machine.ToString()),
            Person is null ? null : new("person", Comparison.Equal, Person.ToString()),
        }.OfType<Condition>(),
    ];

    private static DateOnly? Read(string month) =>
        DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string Text(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    private static Problem NoMonth(string field) => Problem.Invalid(field, "A month is a year and a month, such as 2026-11.");
}

/// <summary>How something is spread over runs.</summary>
/// <param name="Median">Half took at most this.</param>
/// <param name="P95">Nineteen of twenty took at most this.</param>
public sealed record Spread(TimeSpan Median, TimeSpan P95);

/// <summary>How many runs failed for a reason.</summary>
public sealed record FailureCount(FailureName Name, long Runs);

/// <summary>A row of a report: what it is of, as far as rows are made by it, and its figures.</summary>
/// <param name="Month">Its month.</param>
/// <param name="Project">Its project.</param>
/// <param name="Machine">Its machine.</param>
/// <param name="Person">Who submitted.</param>
/// <param name="Runs">All of its runs.</param>
/// <param name="Succeeded">Those that ended well.</param>
/// <param name="Failed">Those that failed and were not taken up again.</param>
/// <param name="Cancelled">Those that somebody ended.</param>
/// <param name="CoreHours">What their steps used.</param>
/// <param name="Bytes">What was moved for them.</param>
/// <param name="Queued">How long a run's jobs waited together; null where none started.</param>
/// <param name="Ran">How long a run's jobs ran together; null where none ended.</param>
/// <param name="Failures">Why those failed that did, the most frequent first.</param>
public sealed record UsageRow(string? Month, Id<Project>? Project, Id<Machine>? Machine, Id<User>? Person,
    long Runs, long Succeeded, long Failed, long Cancelled, double CoreHours, long Bytes, Spread? Queued, Spread? Ran,
    IReadOnlyList<FailureCount> Failures)
{
    /// <summary>Those that have not ended.</summary>
    public long UnderWay => Runs - Succeeded - Failed - Cancelled;
}

/// <summary>A report.</summary>
/// <param name="Asked">What it is of, with its months filled in.</param>
/// <param name="Rows">Its rows, in the order of what makes them.</param>
/// <param name="Total">All of it as one row.</param>
/// <param name="ProjectNames">What the projects of its rows are called.</param>
/// <param name="MachineNames">What the machines of its rows are called.</param>
/// <param name="Owners">Whose the personal projects of its rows are: all of these have the same name.</param>
public sealed record MadeReport(UsageReport Asked, IReadOnlyList<UsageRow> Rows, UsageRow Total,
    IReadOnlyDictionary<Id<Project>, string> ProjectNames, IReadOnlyDictionary<Id<Machine>, string> MachineNames,
    IReadOnlyDictionary<Id<Project>, Id<User>> Owners)
{
    /// <summary>The projects whose runs and events the reader may see, beside their figures; null for all there are.</summary>
    public IReadOnlyCollection<Id<Project>>? Readable { get; init; } = [];

    /// <summary>Whether the reader may see the runs and events of a project, or, where none is named, of all.</summary>
    public bool Opens(Id<Project>? project) => Readable is null || (project is { } one && Readable.Contains(one));
}
