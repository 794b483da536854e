using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Runs;

/// <summary>One try of a step.</summary>
/// <param name="state">How the step stood at the end of it, or stands.</param>
[ObjectType("Attempt")]
public sealed class AttemptNode(StepState state)
{
    /// <summary>Its number, from 1.</summary>
    public int Number => state.Attempt;

    /// <summary>Under which it was submitted: the same for the same job, whatever is asked twice.</summary>
    public string? Key => state.Key;

    /// <summary>What became of it.</summary>
    public StepStatus Status => state.Status;

    /// <summary>What the scheduler knows of it; null while it may not have it.</summary>
    public JobNode? Job => state.JobId is { } id ? new(id, state) : null;

    /// <summary>When the intent was written.</summary>
    public DateTimeOffset? SubmittedAt => state.SubmittedAt;

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt => state.EndedAt;

    /// <summary>Why it failed.</summary>
    public Failure? Failure => state.Failure;

    /// <summary>Something to be looked at though it went well.</summary>
    public string? Warning => state.Warning;
}

/// <summary>What the scheduler knows: a job, or an array of them.</summary>
/// <param name="id">The scheduler's id.</param>
/// <param name="state">How the step stands.</param>
[ObjectType("Job")]
public sealed class JobNode(string id, StepState state)
{
    /// <summary>The scheduler's id.</summary>
    public string Id => id;

    /// <summary>Cluster of a federation.</summary>
    public string? Cluster => state.Cluster;

    /// <summary>The scheduler's last word.</summary>
    public string? Word => state.Word;

    /// <summary>Why it waits, in plain words.</summary>
    public string? Reason => state.Reason;

    /// <summary>How its tasks stand.</summary>
    public TaskCounts? Tasks => state.Tasks;

    /// <summary>When the scheduler had it.</summary>
    public DateTimeOffset? QueuedAt => state.QueuedAt;

    /// <summary>When it started, by the machine's clock.</summary>
    public DateTimeOffset? StartedAt => state.StartedAt;

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt => state.EndedAt;

    /// <summary>Exit code, where there is one.</summary>
    public int? ExitCode => state.ExitCode;
}

/// <summary>What a step went through.</summary>
[ObjectType<StepNode>]
public static class StepAttempts
{
    /// <summary>Every try of it that was submitted or may have been, in order; the last is the present one.</summary>
    [Cost(RunFields.Folding)]
    public static async Task<IReadOnlyList<AttemptNode>> GetAttemptsAsync([Parent] StepNode step, RunHistoryLoader runs) =>
        (await runs.LoadAsync(step.Run))?.Attempts.GetValueOrDefault(step.Id)?.Select(state => new AttemptNode(state)).ToList() ?? [];
}
