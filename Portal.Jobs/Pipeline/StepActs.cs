using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>Hands steps to the scheduler once, and follows their jobs to the end.</summary>
internal sealed class StepActs(CollectActs collect, IChance chance, PipelineOptions options)
{
    /// <summary>Writes the intent, submits, writes the outcome. Not broken off: what was begun must be known to its end.</summary>
    public async Task SubmitAsync(RunLog log, MachineLine line, StepState step, CancellationToken stop)
    {
        var attempt = step.Attempt + 1;
        var key = StepJobs.Key(log.State, step.Id, attempt);
        var intended = await log.WriteAsync(state => state.Cancelling || state.PresentStep?.Id != step.Id || state.PresentStep.InHand
            ? []
            : Facts.Begin(state, Phase.Queued, new StepSubmitting(log.Id, step.Id, attempt, key)), stop);
        if (!intended) return;
        var outcome = await line.Submissions.SubmitAsync(StepJobs.Request(log.State, line.Machine, step.Id, key), stop);
        switch (outcome)
        {
            case SubmitOutcome.Submitted submitted:
                await WriteSubmittedAsync(log, step.Id, key, submitted.Job, stop);
                break;
            case SubmitOutcome.Refused refused:
                await log.WriteAsync(state => Facts.With(state, Phase.Queued, new StepEnded(log.Id, step.Id, attempt, "failed", null,
                    new(0, 0, 0, 1, 0), null, chance.Now, refused.Failure, null)), stop);
                break;
            case SubmitOutcome.Unknown unknown:
                await log.WriteAsync(_ => [new StepSubmissionUnclear(log.Id, step.Id, key, unknown.Words)], stop);
                break;
            case SubmitOutcome.NotYet notYet:
                await log.WriteAsync(_ => [new StepNotSubmitted(log.Id, step.Id, key)], stop);
                throw new PlaceException(WaitsForSomebody(notYet.Failure.Name) ? FaultKind.Blocking : FaultKind.Transient, notYet.Failure);
        }
    }

    /// <summary>Looks the key up, and goes on with what is found.</summary>
    public async Task LookUpAsync(RunLog log, MachineLine line, StepState step, CancellationToken interrupt, CancellationToken stop)
    {
        var request = StepJobs.Request(log.State, line.Machine, step.Id, step.Key!);
        var found = (await line.Scheduler.FindAsync(line.Site, [request], step.SubmittedAt ?? chance.Now, interrupt))[0];
        switch (found)
        {
            case FindOutcome.Found job:
                await WriteSubmittedAsync(log, step.Id, step.Key!, job.Job, stop);
                break;
            case FindOutcome.Absent:
                await log.WriteAsync(_ => [new StepNotSubmitted(log.Id, step.Id, step.Key!)], stop);
                break;
            case FindOutcome.Unsure unsure:
                if (step.Status != StepStatus.Unclear || step.Reason != unsure.Words)
                    await log.WriteAsync(_ => [new StepSubmissionUnclear(log.Id, step.Id, step.Key!, unsure.Words)], stop);
                if (chance.Now - step.SubmittedAt > options.UnknownFor)
                {
                    if (log.State.Cancelling && await GiveUpAsync(log, step, unsure.Words, stop)) return;
                    throw new PlaceException(FaultKind.Blocking, new(FailureName.JobLost,
                        "Nobody can tell whether the scheduler took the job.", unsure.Words,
                        "The portal keeps asking. If the job never existed, cancel the run and submit it again."));
                }
                await Task.Delay(options.FirstPause, interrupt);
                break;
        }
    }

    /// <summary>Follows the job until it ends.</summary>
    public async Task WatchAsync(RunLog log, MachineLine line, StepState step, CancellationToken interrupt, CancellationToken stop)
    {
        using var followed = line.Jobs.Follow(StepJobs.Question(log.State, step));
        JobReport? last = null;
        DateTimeOffset? unknownSince = null;
        while (true)
        {
            // Nothing new is no news, but for a job that nobody knows time counts.
            var limit = unknownSince is null ? Timeout.InfiniteTimeSpan : options.UnknownFor;
            var told = await followed.NextAsync(limit, interrupt);
            var report = last = told ?? last!;
            if (report.Verdict is Verdict.Well or Verdict.Failed or Verdict.Cancelled)
            {
                await EndAsync(log, line, step, report, interrupt, stop);
                return;
            }
            if (told is not null) await log.WriteAsync(state => Observed(state, step.Id, told), stop);
            unknownSince = report.Verdict == Verdict.Unknown ? unknownSince ?? chance.Now : null;
            if (Holding(report, step, chance.Now - unknownSince) is not { } cause) continue;
            if (log.State.Cancelling && cause.Name == FailureName.JobLost && await GiveUpAsync(log, step, cause.Evidence, stop)) return;
            await log.WriteAsync(state => state.HeldBy == cause ? [] : [new RunHeld(log.Id, Hold.Blocked, cause)], stop);
        }
    }

    /// <summary>Asks the scheduler to end the job, then follows it to its end.</summary>
    public async Task CancelAsync(RunLog log, MachineLine line, StepState step, CancellationToken interrupt, CancellationToken stop)
    {
        await line.Scheduler.CancelAsync(line.Site, [StepJobs.Question(log.State, step)], interrupt);
        line.Jobs.Hurry();
        await WatchAsync(log, line, step, interrupt, stop);
    }

    // A person wants the run to end and nobody knows its job: it ends, and says so.
    private static Task<bool> GiveUpAsync(RunLog log, StepState step, string? words, CancellationToken stop) => log.WriteAsync(
        state => !state.Cancelling ? [] : Facts.With(state, state.Phase, new StepEnded(log.Id, step.Id, step.Attempt, "cancelled", null,
            new(0, 0, 0, 0, step.Tasks?.Total ?? 1), null, null, new(FailureName.JobLost,
                "The run was given up while nobody could tell what became of its job.", words,
                "Look on the machine whether a job of this name is there."), null)), stop);

    private static bool WaitsForSomebody(FailureName name) => name
        is FailureName.QuotaExceeded or FailureName.HostKeyChanged or FailureName.LoginRefused or FailureName.CredentialUnavailable;

    private Failure? Holding(JobReport report, StepState step, TimeSpan? unknownFor) =>
        report.Verdict == Verdict.Held
            ? new(FailureName.CouldNotStart, report.Reason ?? "The job is held on the machine.", report.Word,
                "It goes on by itself once the job can start. Else release it on the machine, or cancel the run.")
        : unknownFor >= options.UnknownFor
            ? new(FailureName.JobLost, $"The scheduler no longer knows job {step.JobId}.", report.Reason ?? report.Word,
                "Look on the machine whether it ended. The portal keeps asking; cancel the run to give it up.")
        : null;

    private static Task<bool> WriteSubmittedAsync(RunLog log, string step, string key, JobRef job, CancellationToken stop) =>
        log.WriteAsync(state => state.Steps.First(candidate => candidate.Id == step) is { InHand: true, JobId: null } now && now.Key == key
            ? Facts.With(state, Phase.Queued, new JobSubmitted(log.Id, step, key, job.Id, job.Cluster))
            : [], stop);

    private async Task EndAsync(RunLog log, MachineLine line, StepState step, JobReport report, CancellationToken interrupt, CancellationToken stop)
    {
        await collect.TakeLogsAsync(log.State, line, step, report, interrupt);
        await log.WriteAsync(state => state.Steps.First(candidate => candidate.Id == step.Id) is { InHand: true } now && now.Key == step.Key
            ? Facts.With(state, StepJobs.EndPhase(state, report), StepJobs.Ended(state, step, report))
            : [], stop);
    }

    private static IReadOnlyList<object> Observed(Run state, string id, JobReport report)
    {
        var before = state.Steps.First(step => step.Id == id);
        var seen = StepJobs.Observed(state.Request.RunId, id, report);
        var same = before.Word == seen.Word && before.Reason == seen.Reason && before.Tasks == seen.Tasks;
        var released = report.Verdict is Verdict.Pending or Verdict.Running && (state.Hold != Hold.None || state.Postponed is not null);
        if (same && !released) return [];
        if (report.Verdict is Verdict.Unknown or Verdict.Held) return same ? [] : [seen];
        return Facts.With(state, report.Verdict == Verdict.Running ? Phase.Running : Phase.Queued, seen);
    }
}
