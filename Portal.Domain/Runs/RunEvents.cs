using System.Text.Json.Serialization;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Workflows;
using Portal.Domain.Workflows.Description;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>A person or program asked for a run. Holds all that is needed to carry it out but the key.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ProjectId">Its project.</param>
/// <param name="MachineId">Where it runs.</param>
/// <param name="MachineName">What the machine was called then.</param>
/// <param name="CredentialId">With whose key.</param>
/// <param name="SubmittedBy">Who asked.</param>
/// <param name="Name">What the run is called.</param>
/// <param name="WorkflowName">The name in the description.</param>
/// <param name="WorkflowId">The workflow it was chosen from; null when the description was given with the request.</param>
/// <param name="WorkflowVersion">Its version.</param>
/// <param name="Description">The description's exact text.</param>
/// <param name="Parameters">Every parameter's value, defaults included.</param>
/// <param name="Plan">What is to be done, everything substituted.</param>
/// <param name="Folder">The run's folder on the machine.</param>
[EventType("run_submitted")]
public sealed record RunSubmitted(
    Id<Run> RunId, Id<Project> ProjectId, Id<Machine> MachineId, string MachineName, Id<Credential> CredentialId, Id<User> SubmittedBy,
    string Name, string WorkflowName, Id<Workflow>? WorkflowId, int? WorkflowVersion, string Description,
    IReadOnlyDictionary<string, string> Parameters, RunPlan Plan, string Folder) : IBelongsToProject;

/// <summary>The portal may use the credential for this run until then. Attended: only for as long as it runs without a break, with
/// the key in memory alone; otherwise its owner may be away.</summary>
[EventType("lease_granted")]
public sealed record LeaseGranted(Id<Run> RunId, Id<Lease> LeaseId, Id<Credential> CredentialId, Id<User> GrantedBy, DateTimeOffset Until,
    bool Attended = false);

/// <summary>The lease is over and its key deleted.</summary>
/// <param name="RunId">The run.</param>
/// <param name="LeaseId">The lease.</param>
/// <param name="Reason"><c>done</c>, <c>expired</c>, <c>revoked</c> or <c>replaced</c>.</param>
[EventType("lease_ended")]
public sealed record LeaseEnded(Id<Run> RunId, Id<Lease> LeaseId, string Reason);

/// <summary>The run entered a phase.</summary>
[EventType("phase_entered")]
public sealed record PhaseEntered(Id<Run> RunId, Phase Phase);

/// <summary>A file is about to be moved.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Transfer"><c>input-N</c> or <c>output-N</c>, N counted from 0 in the plan's order.</param>
/// <param name="Source">Where from, without any secret.</param>
/// <param name="Target">Where to.</param>
/// <param name="Attempt">Counted from 1.</param>
[EventType("transfer_started")]
public sealed record TransferStarted(Id<Run> RunId, string Transfer, string Source, string Target, int Attempt);

/// <summary>How far a transfer is; at most one a second.</summary>
[EventType("transfer_progressed")]
public sealed record TransferProgressed(Id<Run> RunId, string Transfer, long Bytes, long? Total);

/// <summary>A file arrived whole: size and SHA-256 are those of the source.</summary>
[EventType("transfer_completed")]
public sealed record TransferCompleted(Id<Run> RunId, string Transfer, long Bytes, string Sha256, bool Reused);

/// <summary>The ref was looked up in the repository: this commit is what runs.</summary>
[EventType("code_resolved")]
public sealed record CodeResolved(Id<Run> RunId, string Url, string? Ref, string Commit);

/// <summary>The folder was fetched, and it alone.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Commit">At which commit.</param>
/// <param name="Folder">Which folder; null for the whole repository.</param>
/// <param name="TreeHash">git's id of its tree.</param>
/// <param name="Files">Number of files.</param>
/// <param name="Bytes">Their size in all.</param>
/// <param name="Sha256">Digest of the files as they were fetched, lower-case hex; null in facts from before it was taken.</param>
[EventType("code_fetched")]
public sealed record CodeFetched(
    Id<Run> RunId, string Commit, string? Folder, string TreeHash, int Files, long Bytes, string? Sha256 = null);

/// <summary>The code lies on the machine.</summary>
[EventType("code_staged")]
public sealed record CodeStaged(Id<Run> RunId, string Commit, string TreeHash);

/// <summary>A step is about to be submitted under this key: the intent, written before the act.</summary>
[EventType("step_submitting")]
public sealed record StepSubmitting(Id<Run> RunId, string Step, int Attempt, string Key);

/// <summary>Nobody can tell whether the scheduler has the job: the key is looked up before anything is tried again.</summary>
[EventType("step_submission_unclear")]
public sealed record StepSubmissionUnclear(Id<Run> RunId, string Step, string Key, string Words);

/// <summary>Certainly nothing was submitted under this key; the step may be tried again.</summary>
[EventType("step_not_submitted")]
public sealed record StepNotSubmitted(Id<Run> RunId, string Step, string Key);

/// <summary>The scheduler has the job.</summary>
[EventType("job_submitted")]
public sealed record JobSubmitted(Id<Run> RunId, string Step, string Key, string JobId, string? Cluster);

/// <summary>How an array's tasks, or the one task of a single job, stand.</summary>
public sealed record TaskCounts(int Pending, int Running, int Succeeded, int Failed, int Cancelled)
{
    /// <summary>All of them.</summary>
    [JsonIgnore]
    public int Total => Pending + Running + Succeeded + Failed + Cancelled;
}

/// <summary>The job's state was seen to be another than before.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Step">The step.</param>
/// <param name="State"><c>pending</c>, <c>held</c>, <c>running</c> or <c>unknown</c>.</param>
/// <param name="Word">The scheduler's own word.</param>
/// <param name="Reason">Why it waits, in plain words.</param>
/// <param name="Tasks">How its tasks stand.</param>
/// <param name="StartedAt">When it started, by the machine's clock.</param>
[EventType("job_observed")]
public sealed record JobObserved(Id<Run> RunId, string Step, string State, string Word, string? Reason, TaskCounts Tasks, DateTimeOffset? StartedAt);

/// <summary>A step is over.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Step">The step.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Outcome"><c>succeeded</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="ExitCode">Exit code, where there is one.</param>
/// <param name="Tasks">How its tasks ended.</param>
/// <param name="StartedAt">When it started, by the machine's clock.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Warning">Something to be looked at though it went well.</param>
/// <param name="CoreSeconds">Core seconds that its tasks used, by accounting where there is one; null in facts from before this
/// was written down.</param>
[EventType("step_ended")]
public sealed record StepEnded(
    Id<Run> RunId, string Step, int Attempt, string Outcome, int? ExitCode, TaskCounts Tasks, DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt, Failure? Failure, string? Warning, double? CoreSeconds = null);

/// <summary>A declared output as it lies on the machine after the last step; null size when it is not there.</summary>
public sealed record FoundOutput(string Path, long? Size);

/// <summary>The outputs were looked for.</summary>
[EventType("outputs_found")]
public sealed record OutputsFound(Id<Run> RunId, IReadOnlyList<FoundOutput> Outputs);

/// <summary>Something failed that may pass; it is tried again then.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Act">What was tried: <c>input-0</c>, <c>code</c>, <c>submit sweep</c>.</param>
/// <param name="Attempt">How often it has been tried now.</param>
/// <param name="Failure">What stood in the way.</param>
/// <param name="Until">When it is tried again.</param>
[EventType("attempt_postponed")]
public sealed record AttemptPostponed(Id<Run> RunId, string Act, int Attempt, Failure Failure, DateTimeOffset Until);

/// <summary>The run cannot go on before something outside heals; it is looked at again and again, and goes on by itself.</summary>
[EventType("run_held")]
public sealed record RunHeld(Id<Run> RunId, Hold Hold, Failure Failure);

/// <summary>What held the run is gone.</summary>
[EventType("run_released")]
public sealed record RunReleased(Id<Run> RunId);

/// <summary>A person wants the run to end.</summary>
[EventType("cancel_requested")]
public sealed record CancelRequested(Id<Run> RunId, Id<User> RequestedBy);

/// <summary>All went well.</summary>
[EventType("run_succeeded")]
public sealed record RunSucceeded(Id<Run> RunId);

/// <summary>The run failed, by name.</summary>
[EventType("run_failed")]
public sealed record RunFailed(Id<Run> RunId, Failure Failure);

/// <summary>The run was ended as a person wished; nothing of it is left running.</summary>
[EventType("run_cancelled")]
public sealed record RunCancelled(Id<Run> RunId);
