using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Domain.Workflows.Description;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Runs;

/// <summary>A node of a run's graph, as its present attempt stands.</summary>
/// <param name="run">The run.</param>
/// <param name="plan">What is to be done.</param>
/// <param name="state">How it is doing.</param>
[ObjectType("Step")]
public sealed class StepNode(Id<Run> run, StepPlan plan, StepState state)
{
    internal Id<Run> Run => run;

    /// <summary>Its id in the description.</summary>
    public string Id => state.Id;

    /// <summary>Its title; the id where none is given.</summary>
    public string Title => plan.Title;

    /// <summary>Lines for a shell, as the author wrote them. Nothing was put into them.</summary>
    public string Script => plan.Script;

    /// <summary>What it asks of the scheduler.</summary>
    public StepResources Resources => new(plan.Resources);

    /// <summary>What it is doing.</summary>
    public StepStatus Status => state.Status;

    /// <summary>The present attempt, from 1; 0 before the first.</summary>
    public int Attempt => state.Attempt;

    /// <summary>Under which it was submitted.</summary>
    public string? Key => state.Key;

    /// <summary>The scheduler's id.</summary>
    public string? JobId => state.JobId;

    /// <summary>Cluster of a federation.</summary>
    public string? Cluster => state.Cluster;

    /// <summary>The scheduler's last word.</summary>
    public string? Word => state.Word;

    /// <summary>Why it waits.</summary>
    public string? Reason => state.Reason;

    /// <summary>How its tasks stand.</summary>
    public TaskCounts? Tasks => state.Tasks;

    /// <summary>When the intent was written.</summary>
    public DateTimeOffset? SubmittedAt => state.SubmittedAt;

    /// <summary>When the scheduler had it.</summary>
    public DateTimeOffset? QueuedAt => state.QueuedAt;

    /// <summary>When it started.</summary>
    public DateTimeOffset? StartedAt => state.StartedAt;

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt => state.EndedAt;

    /// <summary>Exit code.</summary>
    public int? ExitCode => state.ExitCode;

    /// <summary>Why it failed.</summary>
    public Failure? Failure => state.Failure;

    /// <summary>Something to be looked at.</summary>
    public string? Warning => state.Warning;

    /// <summary>Whether the scheduler may hold something of it now.</summary>
    public bool InHand => state.InHand;
}

/// <summary>What a step asks of the scheduler; null leaves it to the machine.</summary>
/// <param name="plan">The same as the plan has it.</param>
[ObjectType]
public sealed class StepResources(ResourcePlan plan)
{
    /// <summary>Number of nodes.</summary>
    public int? Nodes => plan.Nodes;

    /// <summary>Number of tasks (processes).</summary>
    public int? Tasks => plan.Tasks;

    /// <summary>CPUs for each task.</summary>
    public int? CpusPerTask => plan.CpusPerTask;

    /// <summary>Memory on each node in MiB.</summary>
    public long? MemoryMiB => plan.MemoryMiB;

    /// <summary>Longest time it may run.</summary>
    public TimeSpan? TimeLimit => plan.TimeLimit;

    /// <summary>Partition (queue).</summary>
    public string? Partition => plan.Partition;

    /// <summary>Account that pays.</summary>
    public string? Account => plan.Account;

    /// <summary>Quality of service.</summary>
    public string? Qos => plan.Qos;

    /// <summary>Tasks of an array job in Slurm's notation; null for a single job.</summary>
    public string? Array => plan.Array?.ToString();
}
