using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Runs;

/// <summary>One execution of a workflow.</summary>
/// <param name="view">The run as lists see it.</param>
/// <param name="loaded">Folded from its events; null before somebody asks.</param>
[Node, ObjectType("Run")]
public sealed class RunNode(RunView view, Loaded<Run>? loaded = null)
{
    internal RunView View => view;

    internal Loaded<Run>? Loaded => loaded;

    /// <summary>Its id.</summary>
    public Id<Run> Id => view.Id;

    /// <summary>Its id in REST and in addresses of pages: 32 hex digits.</summary>
    public string Key => Id.ToString();

    /// <summary>Its name.</summary>
    public string Name => view.Name;

    /// <summary>The workflow's name.</summary>
    public string WorkflowName => view.WorkflowName;

    /// <summary>The workflow's version; null if a description was sent along.</summary>
    public int? WorkflowVersion => view.WorkflowVersion;

    /// <summary>What the machine was called.</summary>
    public string MachineName => view.MachineName;

    /// <summary>What it is doing.</summary>
    public Phase Phase => view.Phase;

    /// <summary>Since when.</summary>
    public DateTimeOffset PhaseSince => view.PhaseSince;

    /// <summary>Why it stands still.</summary>
    public Hold Hold => view.Hold;

    /// <summary>Why it failed, or what holds it.</summary>
    public Failure? Failure => view.Failure;

    /// <summary>Number of steps.</summary>
    public int StepCount => view.Steps;

    /// <summary>Number of steps that ended well.</summary>
    public int StepsDone => view.StepsDone;

    /// <summary>How the present step's tasks stand.</summary>
    public TaskCounts? Tasks => view.Tasks;

    /// <summary>The scheduler's id of the present or last job.</summary>
    public string? JobId => view.JobId;

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset SubmittedAt => view.SubmittedAt;

    /// <summary>When it ended.</summary>
    public DateTimeOffset? EndedAt => view.EndedAt;

    /// <summary>Finds it by its id.</summary>
    [NodeResolver]
    public static async Task<RunNode?> FindAsync(Id<Run> id, [Caller] Caller caller, ShowRunHandler runs,
        ShowArchivedRunHandler archived, CancellationToken cancel)
    {
        var found = await runs.HandleAsync(caller, id, null, cancel);
        // Of one whose events are in an archive there is what lists know.
        if (found is { Ok: false, Problems: [{ Code: "STREAM_ARCHIVED" }] })
            return (await archived.HandleAsync(caller, id, cancel)).OrNull() is { } kept ? new(kept.Run) : null;
        return found.OrNull() is { } run ? Of(run) : null;
    }

    // A token that may change a run may not always see it.
    internal static async Task<RunNode?> IfSeenAsync(Id<Run> id, Caller caller, ShowRunHandler runs, CancellationToken cancel) =>
        (await runs.HandleAsync(caller, id, null, cancel)).Value is { } run ? Of(run) : null;

    // As lists will see it once they caught up.
    internal static RunNode Of(Loaded<Run> loaded)
    {
        var (run, request) = (loaded.State, loaded.State.Request);
        var step = run.PresentStep ?? run.Steps.LastOrDefault();
        return new(new(request.RunId, request.ProjectId, request.Name, request.WorkflowName, request.WorkflowVersion,
            request.MachineId, request.MachineName, request.SubmittedBy, run.Phase, run.Hold, run.Failure ?? run.HeldBy,
            run.Steps.Count(candidate => candidate.Status == StepStatus.Succeeded), request.Plan.Steps.Count, step?.Tasks,
            run.Steps.LastOrDefault(candidate => candidate.JobId is not null)?.JobId, run.SubmittedAt,
            run.EndedAt ?? (run.Phases is [.., var mark] ? mark.At : run.SubmittedAt), run.EndedAt, null, null), loaded);
    }
}
