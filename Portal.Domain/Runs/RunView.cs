using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>A run as lists see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Project">Its project.</param>
/// <param name="Name">Its name.</param>
/// <param name="WorkflowName">The workflow's name.</param>
/// <param name="WorkflowVersion">Its version, where it was chosen and not pasted.</param>
/// <param name="Machine">Where it runs.</param>
/// <param name="MachineName">What that was called.</param>
/// <param name="SubmittedBy">Who asked for it.</param>
/// <param name="Phase">What it is doing.</param>
/// <param name="Hold">Why it stands still.</param>
/// <param name="Failure">Why it failed, or what holds it.</param>
/// <param name="StepsDone">Steps that ended well.</param>
/// <param name="Steps">Number of steps.</param>
/// <param name="Tasks">How the present step's tasks stand.</param>
/// <param name="JobId">The present or last job.</param>
/// <param name="SubmittedAt">When it was asked for.</param>
/// <param name="PhaseSince">When it entered its phase.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="LeaseId">The lease that holds, for those who look after leases.</param>
/// <param name="LeaseUntil">When that ends.</param>
public sealed record RunView(
    Id<Run> Id, Id<Project> Project, string Name, string WorkflowName, int? WorkflowVersion, Id<Machine> Machine, string MachineName,
    Id<User> SubmittedBy, Phase Phase, Hold Hold, Failure? Failure, int StepsDone, int Steps, TaskCounts? Tasks, string? JobId,
    DateTimeOffset SubmittedAt, DateTimeOffset PhaseSince, DateTimeOffset? EndedAt, Id<Credentials.Lease>? LeaseId,
    DateTimeOffset? LeaseUntil)
{
    /// <summary>Since when that lease holds.</summary>
    public DateTimeOffset? LeaseSince { get; init; }

    /// <summary>Whether its key is in memory alone.</summary>
    public bool LeaseAttended { get; init; }

    /// <summary>How far it is with the second look that its project wants; null where it wants none.</summary>
    public ApprovalStage? Approval { get; init; }

    /// <summary>Why somebody is asked, or was.</summary>
    public IReadOnlyList<ApprovalReason> Reasons { get; init; } = [];

    /// <summary>The part of <see cref="Code"/> over the description and its scripts.</summary>
    public string? Scripts { get; init; }

    /// <summary>What all that it runs comes down to (<see cref="CodeHash"/>); null before its code was fetched.</summary>
    public string? Code { get; init; }

    /// <summary>Whether its code counts as known in its project: somebody approved it, or it ran.</summary>
    public bool Cleared => JobId is not null || Approval == ApprovalStage.Approved;
}

/// <summary>Keeps <see cref="RunView"/> behind the tail: a submission waits for no list.</summary>
public sealed class RunViewProjection : Projection<RunView>
{
    /// <inheritdoc/>
    public override DocumentTable<RunView> Table { get; } = new(
        "runs", run => run.Id.ToString(),
        [
            new("project", "text", run => run.Project.ToString()),
            new("name", "text", run => run.Name),
            new("workflow", "text", run => run.WorkflowName),
            new("machine", "text", run => run.Machine.ToString()),
            new("machine_name", "text", run => run.MachineName),
            new("submitted_by", "text", run => run.SubmittedBy.ToString()),
            new("phase", "text", run => run.Phase.ToString()),
            new("final", "boolean", run => run.Phase.IsFinal()),
            new("hold", "text", run => run.Hold.ToString()),
            new("submitted_at", "timestamptz", run => run.SubmittedAt),
            new("ended_at", "timestamptz", run => run.EndedAt),
            new("lease_until", "timestamptz", run => run.LeaseId is null ? null : run.LeaseUntil),
            new("approval", "text", run => run.Approval?.ToString()),
            new("code", "text", run => run.Code),
            new("cleared", "boolean", run => run.Cleared),
            new("failure", "text", run => run.Phase == Phase.Failed ? run.Failure?.Name.ToString() : null),
        ],
        [
            "project, submitted_at desc", "project, phase, submitted_at desc", "project, name", "machine, final",
            "final, lease_until", "submitted_by, lease_until", "project, code, cleared", "project, approval",
        ]);

    /// <inheritdoc/>
    public override int Version => 3;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } =
        [typeof(RunSubmitted), typeof(PhaseEntered), typeof(JobSubmitted), typeof(JobObserved), typeof(StepEnded), typeof(RunHeld), typeof(RunReleased),
         typeof(RunSucceeded), typeof(RunFailed), typeof(RunCancelled), typeof(RunRetried), typeof(KeptChecked),
         typeof(LeaseGranted), typeof(LeaseEnded), typeof(CodeFetched), typeof(ApprovalDemanded), typeof(ApprovalAsked),
         typeof(ApprovalPassed), typeof(RunApproved), typeof(ApprovalRefused)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<RunView> documents, CancellationToken cancel)
    {
        if (recorded.Body is RunSubmitted submitted)
        {
            var scripts = CodeHash.ScriptsOf(submitted);
            documents.Put(new(submitted.RunId, submitted.ProjectId, submitted.Name, submitted.WorkflowName, submitted.WorkflowVersion,
                submitted.MachineId, submitted.MachineName, submitted.SubmittedBy, Phase.Submitted, Hold.None, null, 0,
                submitted.Plan.Steps.Count, null, null, recorded.Time, recorded.Time, null, null, null)
            {
                Scripts = scripts, Code = submitted.Plan.Code is null ? scripts : null,
            });
        }
        else if (Ledger.TryIdOf<Run>(recorded.Stream, out var id) && await documents.FindAsync(id.ToString("n"), cancel) is { } view)
        {
            documents.Put(Change(view, recorded.Body, recorded.Time));
        }
    }

    private static RunView Change(RunView view, object body, DateTimeOffset at) => body switch
    {
        PhaseEntered entered when entered.Phase != view.Phase => view with { Phase = entered.Phase, PhaseSince = at },
        JobSubmitted job => view with { JobId = job.JobId, Tasks = null },
        JobObserved seen => view with { Tasks = seen.Tasks },
        StepEnded { Outcome: "succeeded" } ended => view with { StepsDone = view.StepsDone + 1, Tasks = ended.Tasks },
        StepEnded ended => view with { Tasks = ended.Tasks },
        RunHeld held => view with { Hold = held.Hold, Failure = held.Failure },
        RunReleased => view with { Hold = Hold.None, Failure = null },
        LeaseGranted lease => view with
        {
            LeaseId = lease.LeaseId, LeaseUntil = lease.Until, LeaseSince = at, LeaseAttended = lease.Attended,
            Hold = view.Hold == Hold.AwaitingToken ? Hold.None : view.Hold, Failure = view.Hold == Hold.AwaitingToken ? null : view.Failure,
        },
        CodeFetched { Sha256: { } files } when view.Scripts is { } scripts =>
            view with { Code = CodeHash.Of(scripts, files).Hash },
        ApprovalDemanded => view with { Approval = ApprovalStage.Due },
        ApprovalAsked asked => view with { Approval = ApprovalStage.Waiting, Reasons = asked.Reasons },
        ApprovalPassed => view with { Approval = ApprovalStage.Passed },
        RunApproved approved => view with { Approval = ApprovalStage.Approved, Code = approved.Hash },
        ApprovalRefused => view with { Approval = ApprovalStage.Refused },
        LeaseEnded lease when lease.LeaseId == view.LeaseId => view with { LeaseId = null, LeaseUntil = null, LeaseSince = null },
        RunSucceeded => End(view, Phase.Succeeded, null, at),
        RunFailed failed => End(view, Phase.Failed, failed.Failure, at),
        RunCancelled => End(view, Phase.Cancelled, null, at),
        RunRetried retried => view with
        {
            Phase = retried.From, PhaseSince = at, EndedAt = null, Failure = null, Tasks = null,
            Approval = view.Approval is ApprovalStage.Waiting or ApprovalStage.Refused ? ApprovalStage.Due : view.Approval,
        },
        KeptChecked check => view with { StepsDone = view.StepsDone - check.GoneSteps.Count },
        _ => view,
    };

    private static RunView End(RunView view, Phase phase, Failure? failure, DateTimeOffset at) => view with
    {
        Phase = phase, PhaseSince = at, EndedAt = at, Hold = Hold.None, Failure = failure,
    };
}
