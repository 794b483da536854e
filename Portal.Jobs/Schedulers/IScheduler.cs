using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Schedulers;

/// <summary>A job to be submitted once, whatever happens on the way.</summary>
/// <param name="Key">Travels with the job (name, comment, marker folder): <c>[a-z0-9-]</c>, at most 60 characters.</param>
/// <param name="Folder">The run's folder on the machine, absolute; the job's working directory.</param>
/// <param name="Script">The whole script; it is written to <c>.portal/KEY/script.sh</c> below the folder.</param>
/// <param name="Resources">What it needs.</param>
/// <param name="Tasks">Ids of array tasks, null when it is a single job.</param>
/// <param name="TasksAtOnce">How many tasks may run at a time, null without a limit.</param>
public sealed record JobRequest(
    string Key, string Folder, string Script, JobResources Resources, IReadOnlyList<int>? Tasks, int? TasksAtOnce);

/// <summary>What a job asks of the scheduler; null leaves it to the site's default.</summary>
public sealed record JobResources(
    int? Nodes = null, int? Tasks = null, int? CpusPerTask = null, long? MemoryMiB = null, TimeSpan? TimeLimit = null,
    string? Partition = null, string? Account = null, string? Qos = null);

/// <summary>A job as the scheduler names it.</summary>
/// <param name="Id">Job id, of an array its master's.</param>
/// <param name="Cluster">Cluster of a federation, where one was named.</param>
public sealed record JobRef(string Id, string? Cluster = null);

/// <summary>What a submission came to.</summary>
public abstract record SubmitOutcome
{
    private SubmitOutcome() { }

    /// <summary>The scheduler has the job.</summary>
    public sealed record Submitted(JobRef Job) : SubmitOutcome;

    /// <summary>The scheduler said no; nothing was queued. Its words are the evidence.</summary>
    public sealed record Refused(Failure Failure) : SubmitOutcome;

    /// <summary>Nobody can tell: the key must be looked up before anything else is tried.</summary>
    public sealed record Unknown(string Words) : SubmitOutcome;

    /// <summary>Certainly not submitted, and may be tried again later (no space, scheduler down before it was asked).</summary>
    public sealed record NotYet(Failure Failure) : SubmitOutcome;
}

/// <summary>What looking up a key came to.</summary>
public abstract record FindOutcome
{
    private FindOutcome() { }

    /// <summary>The job exists, or existed.</summary>
    public sealed record Found(JobRef Job) : FindOutcome;

    /// <summary>Queue, accounting and marker all answered, and none knows the key: it was never submitted.</summary>
    public sealed record Absent : FindOutcome;

    /// <summary>One of them did not answer, or the submission is too fresh to be sure.</summary>
    public sealed record Unsure(string Words) : FindOutcome;
}

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
/// <param name="Tasks">Number of array tasks; null for a single job.</param>
/// <param name="SubmittedAt">Rows of accounting from before this belong to another job of the same id.</param>
public sealed record JobQuestion(string Key, JobRef Job, string Folder, int? Tasks, DateTimeOffset SubmittedAt);

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
    int? TaskId, Verdict Verdict, string Word, string? Reason, int? ExitCode, DateTimeOffset? Started, DateTimeOffset? Ended,
    Failure? Failure);

/// <summary>A job as it stands, folded from its tasks.</summary>
/// <param name="Key">The job's key.</param>
/// <param name="Verdict">Well only if every task is; running while any is not final; see schedulers' rules.</param>
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

/// <summary>A batch system, spoken to over a site. Holds no state; every call is one remote command whatever the number of
/// jobs. A site's fault passes through as <see cref="PlaceException"/>, but for submission, where it becomes an outcome.</summary>
public interface IScheduler
{
    /// <summary>The word in a machine's settings: <c>slurm</c>, <c>none</c>.</summary>
    string Name { get; }

    /// <summary>Submits each job at most once: makes its folders, writes its script, makes the marker, submits, notes the id in
    /// the marker. A job whose marker is there already is not submitted: its outcome is Unknown. One outcome a request, in order.</summary>
    Task<IReadOnlyList<SubmitOutcome>> SubmitAsync(ISite site, IReadOnlyList<JobRequest> jobs, CancellationToken cancel);

    /// <summary>Looks keys up in the marker, the queue and accounting.</summary>
    Task<IReadOnlyList<FindOutcome>> FindAsync(ISite site, IReadOnlyList<JobRequest> jobs, DateTimeOffset since,
        CancellationToken cancel);

    /// <summary>Asks about all these jobs with one command. One report a question, in order.</summary>
    Task<IReadOnlyList<JobReport>> AskAsync(ISite site, IReadOnlyList<JobQuestion> jobs, CancellationToken cancel);

    /// <summary>Asks the scheduler to end these jobs; whether it did is asked afterwards.</summary>
    Task CancelAsync(ISite site, IReadOnlyList<JobRef> jobs, CancellationToken cancel);

    /// <summary>Version, partitions, accounting.</summary>
    Task<SchedulerInfo> DescribeAsync(ISite site, CancellationToken cancel);
}
