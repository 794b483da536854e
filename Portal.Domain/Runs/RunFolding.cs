using System.Collections.Immutable;

namespace Portal.Domain.Runs;

/// <summary>How each fact changes a run.</summary>
internal static class RunFolding
{
    public static Run Apply(Run run, object body, DateTimeOffset at) => body switch
    {
        RunSubmitted submitted => run with
        {
            Submitted = submitted, SubmittedAt = at, Phases = [new(Phase.Submitted, at)],
            Steps = [.. submitted.Plan.Steps.Select(step => new StepState(step.Id, StepStatus.Waiting))],
        },
        LeaseGranted lease => (run.Hold == Hold.AwaitingToken ? run with { Hold = Hold.None, HeldBy = null } : run) with
        {
            Lease = new(lease.LeaseId, lease.CredentialId, lease.Until, null, lease.Attended) { Since = at },
        },
        LeaseEnded ended when run.Lease?.Id == ended.LeaseId => run with { Lease = run.Lease with { Ended = ended.Reason,
            EndedAt = at } },
        PhaseEntered entered => Enter(run, entered.Phase, at),
        TransferStarted started => With(run, TransferOf(run, started, at)),
        TransferProgressed progressed when run.Transfers.TryGetValue(progressed.Transfer, out var transfer) =>
            Moved(run, transfer, transfer with { Bytes = progressed.Bytes, Total = progressed.Total ?? transfer.Total }),
        TransferCompleted completed when run.Transfers.TryGetValue(completed.Transfer, out var transfer) => Cleared(
            With(run, transfer with { Bytes = completed.Bytes, Total = completed.Bytes, Sha256 = completed.Sha256, EndedAt = at })),
        CodeResolved resolved => Cleared(run with { Code = new(resolved.Commit, null, 0, 0, false) }),
        CodeFetched fetched => Cleared(run with { Code = new(
            fetched.Commit, fetched.TreeHash, fetched.Files, fetched.Bytes, false) { Sha256 = fetched.Sha256 } }),
        CodeStaged => Cleared(run with { Code = run.Code is null ? null : run.Code with { Staged = true } }),
        StepSubmitting step => With(run, step.Step, state => new StepState(
            state.Id, StepStatus.Submitting, step.Attempt, step.Key, SubmittedAt: at, Failure: state.Failure) { Earlier = state.Earlier }),
        StepSubmissionUnclear step => With(run, step.Step, state => state with { Status = StepStatus.Unclear, Reason = step.Words }),
        // Nothing came of it, so it does not count: the next attempt has its number, and its key.
        StepNotSubmitted step => With(run, step.Step, state => state.Key == step.Key
            ? state with { Status = StepStatus.Waiting, Attempt = state.Attempt - 1, Reason = null }
            : state),
        JobSubmitted job => Cleared(With(run, job.Step, state => state with
        {
            Status = StepStatus.Queued, JobId = job.JobId, Cluster = job.Cluster, QueuedAt = at, Reason = null, Failure = null,
        })),
        JobObserved seen => With(seen.State == "unknown" ? run : Cleared(run), seen.Step, state => state with
        {
            Status = seen.State switch { "running" => StepStatus.Running, "unknown" => state.Status, _ => StepStatus.Queued },
            Word = seen.Word, Reason = seen.Reason, Tasks = seen.Tasks, StartedAt = seen.StartedAt ?? state.StartedAt,
        }),
        StepEnded ended => Cleared(With(run, ended.Step, state => state with
        {
            Status = ended.Outcome switch
            {
                "succeeded" => StepStatus.Succeeded, "cancelled" => StepStatus.Cancelled, _ => StepStatus.Failed,
            },
            Reason = null, Tasks = ended.Tasks, ExitCode = ended.ExitCode, StartedAt = ended.StartedAt ?? state.StartedAt,
            EndedAt = ended.EndedAt ?? at, Failure = ended.Failure, Warning = ended.Warning,
        })),
        OutputsFound found => Cleared(run with { Outputs = found.Outputs }),
        AttemptPostponed postponed => run with { Postponed = new(postponed.Act, postponed.Attempt, postponed.Failure, postponed.Until) },
        RunHeld held => run with { Hold = held.Hold, HeldBy = held.Failure },
        RunReleased => Cleared(run with { Hold = Hold.None, HeldBy = null }),
        CancelRequested cancel => run with { CancelRequestedBy = cancel.RequestedBy },
        RunSucceeded => End(run, Phase.Succeeded, null, at),
        RunFailed failed => End(run, Phase.Failed, failed.Failure, at),
        RunCancelled => End(run, Phase.Cancelled, null, at),
        RunRetried retried => Enter(Retrying.Resumed(run, retried.Steps), retried.From, at),
        CredentialUsed used => run with { Uses = [.. run.Uses, used] },
        KeptChecked check => Cleared(Retrying.Without(run, check)),
        _ => Approving.Apply(run, body, at),
    };

    private static Run Enter(Run run, Phase phase, DateTimeOffset at) => run.Phase == phase
        ? run
        : run with { Phase = phase, Phases = [.. run.Phases, new(phase, at)] };

    private static Run End(Run run, Phase phase, Failure? failure, DateTimeOffset at) =>
        Enter(run, phase, at) with { Failure = failure, EndedAt = at, Hold = Hold.None, HeldBy = null, Postponed = null };

    // Whatever was in the way is over once an act succeeds.
    private static Run Cleared(Run run) => run with { Postponed = null };

    // More bytes than ever before count as success: a line that is cut again and again still brings the whole.
    private static Run Moved(Run run, TransferState before, TransferState now) =>
        With(now.Bytes > before.Most ? Cleared(run) : run, now with { Most = Math.Max(before.Most, now.Bytes) });

    private static TransferState TransferOf(Run run, TransferStarted started, DateTimeOffset at) =>
        run.Transfers.TryGetValue(started.Transfer, out var before)
            ? before with { Attempts = started.Attempt }
            : new(started.Transfer, started.Source, started.Target, started.Attempt, 0, null, null, at, null);

    private static Run With(Run run, TransferState transfer) => run with
    {
        // One with many files is not copied whole for each piece of news of one of them.
        Transfers = (run.Transfers as ImmutableDictionary<string, TransferState> ?? run.Transfers.ToImmutableDictionary())
            .SetItem(transfer.Key, transfer),
    };

    private static Run With(Run run, string step, Func<StepState, StepState> change) => run with
    {
        Steps = [.. run.Steps.Select(state => state.Id == step ? change(state) : state)],
    };
}
