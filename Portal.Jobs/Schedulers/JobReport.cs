using Portal.Domain.Runs;

namespace Portal.Jobs.Schedulers;

/// <summary>What a job's state means to a run.</summary>
public enum Verdict
{
    /// <summary>Waiting in the queue.</summary>
    Pending,
    /// <summary>Waiting for a person: held, never satisfied, impossible as asked.</summary>
    Held,
    /// <summary>Running, or ending.</summary>
    Running,
    /// <summary>Ended well.</summary>
    Well,
    /// <summary>Ended badly.</summary>
    Failed,
    /// <summary>Cancelled by the account's owner or by the portal.</summary>
    Cancelled,
    /// <summary>Nobody can tell now: ask again; never an end.</summary>
    Unknown,
}

/// <summary>A job that is asked about.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Job">Its reference.</param>
/// <param name="Folder">The run's folder, where the end markers lie.</param>
/// <param name="Tasks">Ids of its array tasks; null for a single job.</param>
/// <param name="SubmittedAt">Rows of accounting from before this belong to another job of the same id.</param>
public sealed record JobQuestion(
    string Key, JobRef Job, string Folder, IReadOnlyList<int>? Tasks, DateTimeOffset SubmittedAt);

/// <summary>One array task, or the only task of a single job.</summary>
/// <param name="TaskId">Array task id; null for a single job.</param>
/// <param name="Verdict">What its state means.</param>
/// <param name="Word">The scheduler's own word.</param>
/// <param name="Reason">Why it waits, in the scheduler's words.</param>
/// <param name="ExitCode">Exit code where it ended.</param>
/// <param name="Started">When it started, by the machine's clock.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Failure">Why it failed.</param>
public sealed record TaskReport(
    int? TaskId, Verdict Verdict, string Word, string? Reason = null, int? ExitCode = null, DateTimeOffset? Started = null,
    DateTimeOffset? Ended = null, Failure? Failure = null)
{
    /// <summary>Nodes that it ran on, as the scheduler writes them; null while unknown.</summary>
    public string? Nodes { get; init; }

    /// <summary>Something to be looked at though it ended well.</summary>
    public string? Warning { get; init; }

    /// <summary>Cores that it was given, where accounting tells.</summary>
    public int? Cores { get; init; }
}

/// <summary>A job as it stands, folded from its tasks.</summary>
/// <param name="Key">The job's key.</param>
/// <param name="Verdict">Well only if every task is; running while any is not final; see <see cref="JobFold"/>.</param>
/// <param name="Word">The scheduler's word of the job, or of its worst task.</param>
/// <param name="Reason">Why it waits, in plain words.</param>
/// <param name="Tasks">Every task known.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Warning">Something to be looked at though it ended well.</param>
public sealed record JobReport(
    string Key, Verdict Verdict, string Word, string? Reason, IReadOnlyList<TaskReport> Tasks, Failure? Failure, string? Warning);

/// <summary>What a scheduler is, for the connection test.</summary>
/// <param name="Version">As it names itself, for example <c>slurm 22.05.8</c>.</param>
/// <param name="Partitions">Names of its partitions or queues, the default first.</param>
/// <param name="Accounting">Whether accounting answers.</param>
public sealed record SchedulerInfo(string Version, IReadOnlyList<string> Partitions, bool Accounting);
