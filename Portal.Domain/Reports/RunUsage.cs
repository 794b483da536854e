using System.Globalization;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;

namespace Portal.Domain.Reports;

/// <summary>What a run came to, as reports count it. All of it belongs to the month in which the run was submitted.</summary>
/// <param name="Run">The run.</param>
/// <param name="Project">Its project.</param>
/// <param name="Machine">Where it runs.</param>
/// <param name="Person">Who asked for it.</param>
/// <param name="SubmittedAt">When.</param>
public sealed record RunUsage(Id<Run> Run, Id<Project> Project, Id<Machine> Machine, Id<User> Person, DateTimeOffset SubmittedAt)
{
    /// <summary>How it ended; null while it is under way.</summary>
    public Phase? Outcome { get; init; }

    /// <summary>Why it failed, where it did.</summary>
    public FailureName? Failure { get; init; }

    /// <summary>What its steps used, by accounting where there is one; of all attempts.</summary>
    public double CoreSeconds { get; init; }

    /// <summary>Bytes of the files that arrived; not of those that were there already.</summary>
    public long Bytes { get; init; }

    /// <summary>How long its jobs waited in the queue, seconds, of all that started; null before one did.</summary>
    public double? QueueSeconds { get; init; }

    /// <summary>How long its jobs ran, seconds, of all that ended; null before one did.</summary>
    public double? RunSeconds { get; init; }

    /// <summary>Since when jobs wait whose step has not ended, by step.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Waiting { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>Cores of its steps' jobs, by step, for facts from before the portal wrote down what a step used.</summary>
    public IReadOnlyDictionary<string, long> Cores { get; init; } = new Dictionary<string, long>();

    /// <summary>The calendar month that it counts for, UTC: <c>2026-11</c>.</summary>
    public string Month => MonthOf(SubmittedAt);

    /// <summary>The calendar month of a moment, UTC.</summary>
    public static string MonthOf(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
