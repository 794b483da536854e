namespace Portal.Domain.Runs;

/// <summary>When a phase was entered.</summary>
public sealed record PhaseMark(Phase Phase, DateTimeOffset At);

/// <summary>The lease under which a run uses its credential.</summary>
/// <param name="Id">The lease.</param>
/// <param name="Credential">The credential lent.</param>
/// <param name="Until">Its end.</param>
/// <param name="Ended">Why it is over; null while it holds.</param>
/// <param name="Attended">Whether its key is in memory alone.</param>
public sealed record LeaseState(
    Common.Id<Credentials.Lease> Id, Common.Id<Credentials.Credential> Credential, DateTimeOffset Until, string? Ended,
        bool Attended)
{
    /// <summary>When it was granted.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>When it ended; null while it holds.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>How a file of a run is doing.</summary>
/// <param name="Key"><c>input-N</c> or <c>output-N</c>.</param>
/// <param name="Source">Where from.</param>
/// <param name="Target">Where to.</param>
/// <param name="Attempts">How often it was begun.</param>
/// <param name="Bytes">Bytes arrived.</param>
/// <param name="Total">Size, once known.</param>
/// <param name="Sha256">Lower-case hex once it arrived whole.</param>
/// <param name="StartedAt">When it was first begun.</param>
/// <param name="EndedAt">When it was whole.</param>
public sealed record TransferState(
    string Key, string Source, string Target, int Attempts, long Bytes, long? Total, string? Sha256, DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt)
{
    /// <summary>Most bytes that had ever arrived: an attempt that began anew has fewer for a while.</summary>
    public long Most { get; init; }

    /// <summary>Whether it arrived whole.</summary>
    public bool Done => Sha256 is not null;
}

/// <summary>The code of a run.</summary>
/// <param name="Commit">The commit that runs.</param>
/// <param name="TreeHash">git's id of the folder's tree, once fetched.</param>
/// <param name="Files">Number of files.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Staged">Whether it lies on the machine.</param>
public sealed record CodeState(string Commit, string? TreeHash, int Files, long Bytes, bool Staged)
{
    /// <summary>SHA-256 over the files, their names and modes, lower-case hex, once fetched.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>What a step is doing.</summary>
public enum StepStatus
{
    /// <summary>Its turn has not come.</summary>
    Waiting,
    /// <summary>It is being handed to the scheduler.</summary>
    Submitting,
    /// <summary>Nobody can tell yet whether the scheduler has it.</summary>
    Unclear,
    /// <summary>In the queue.</summary>
    Queued,
    /// <summary>Running.</summary>
    Running,
    /// <summary>Ended well.</summary>
    Succeeded,
    /// <summary>Ended badly.</summary>
    Failed,
    /// <summary>Ended on request.</summary>
    Cancelled,
}

/// <summary>How a step is doing.</summary>
/// <param name="Id">Its id in the description.</param>
/// <param name="Status">What it is doing.</param>
/// <param name="Attempt">The present attempt, from 1; 0 before the first. The last one, of a step that waits for another.</param>
/// <param name="Key">Under which it was submitted.</param>
/// <param name="JobId">The scheduler's id.</param>
/// <param name="Cluster">Cluster of a federation.</param>
/// <param name="Word">The scheduler's last word.</param>
/// <param name="Reason">Why it waits.</param>
/// <param name="Tasks">How its tasks stand.</param>
/// <param name="SubmittedAt">When the intent was written.</param>
/// <param name="QueuedAt">When the scheduler had it.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="ExitCode">Exit code.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Warning">Something to be looked at.</param>
public sealed record StepState(
    string Id, StepStatus Status, int Attempt = 0, string? Key = null, string? JobId = null, string? Cluster = null, string? Word = null,
    string? Reason = null, TaskCounts? Tasks = null, DateTimeOffset? SubmittedAt = null, DateTimeOffset? QueuedAt = null,
    DateTimeOffset? StartedAt = null, DateTimeOffset? EndedAt = null, int? ExitCode = null, Failure? Failure = null, string? Warning = null)
{
    /// <summary>Attempts made before a retry: how often the portal submits it by itself is counted anew then.</summary>
    internal int Earlier { get; init; }

    /// <summary>Whether the scheduler may hold something of it now.</summary>
    public bool InHand => Status is StepStatus.Submitting or StepStatus.Unclear or StepStatus.Queued or StepStatus.Running;
}

/// <summary>An act that failed and is tried again.</summary>
public sealed record Postponed(string Act, int Attempt, Failure Failure, DateTimeOffset Until);
