using Portal.Domain.Credentials;
using Portal.Domain.Reports;
using Portal.Domain.Runs;

namespace Portal.Tests.Fixtures.Replays;

/// <summary>Runs: in lists, in reports, in the histories of keys, and in what projects use.</summary>
internal static class FoldedRuns
{
    public static async Task CompareAsync(FoldedStreams streams)
    {
        await streams.EachAsync<Run, RunView>(row => row.Id.Value, Exists, Shown);
        await streams.EachAsync<Run, RunUsage>(row => row.Run.Value, Exists, Counted);
        streams.SameSet("uses of keys",
            streams.Of<Run>().Where(Exists).SelectMany(thing => thing.State.Uses, (thing, use) =>
                new { Run = use.RunId, thing.State.Request.Name, Credential = (object)use.CredentialId, Use = (KeyUse?)use.Use,
                    use.Step }),
            (await streams.RowsAsync<CredentialMark>()).Where(mark => mark.Kind == CredentialMarkKind.Used).Select(mark =>
                new { mark.Run, Name = mark.RunName, Credential = (object)mark.Credential!, mark.Use, mark.Step }));
        await FoldedUsage.CompareAsync(streams);
    }

    /// <summary>Whether a run was ever submitted.</summary>
    public static bool Exists(Folded<Run> thing) => thing.Has<RunSubmitted>();

    private static RunUsage Counted(RunUsage row, Folded<Run> thing)
    {
        var (run, asked) = (thing.State, thing.State.Request);
        return row with
        {
            Run = asked.RunId, Project = asked.ProjectId, Machine = asked.MachineId, Person = asked.SubmittedBy,
            SubmittedAt = run.SubmittedAt, Failure = run.Failure?.Name,
            // What tests let happen behind an end may be a phase; how it ended is told by the row alone then.
            Outcome = run.EndedAt is null ? null : run.Phase.IsFinal() ? run.Phase : row.Outcome,
            Bytes = thing.Facts<TransferCompleted>().Where(one => !one.Reused).Sum(one => one.Bytes),
        };
    }

    private static RunView Shown(RunView row, Folded<Run> thing)
    {
        var (run, asked) = (thing.State, thing.State.Request);
        var lease = run.Lease is { Ended: null } holds ? holds : null;
        return row with
        {
            Id = asked.RunId, Project = asked.ProjectId, Name = asked.Name, WorkflowName = asked.WorkflowName,
            WorkflowVersion = asked.WorkflowVersion, Machine = asked.MachineId, MachineName = asked.MachineName,
            SubmittedBy = asked.SubmittedBy, SubmittedAt = run.SubmittedAt, Phase = run.Phase, PhaseSince = run.Phases[^1].At,
            EndedAt = run.EndedAt, Hold = run.Hold, Failure = run.HeldBy ?? run.Failure, Steps = run.Steps.Count,
            StepsDone = run.Steps.Count(step => step.Status == StepStatus.Succeeded),
            JobId = thing.Facts<JobSubmitted>().LastOrDefault()?.JobId, Tasks = TasksOf(row, thing),
            LeaseId = lease?.Id, LeaseUntil = lease?.Until, LeaseSince = lease?.Since,
            LeaseAttended = run.Lease?.Attended ?? false,
            // A retry that is looked at anew has no reasons yet; the row tells the old ones.
            Approval = run.Approval?.Stage, Reasons = run.Approval is { AskedAt: not null } look ? look.Reasons : row.Reasons,
            Scripts = CodeHash.ScriptsOf(asked),
            Code = CodeOf(thing),
        };
    }

    // What was approved last, or what it came to when its code was fetched last.
    private static string? CodeOf(Folded<Run> thing)
    {
        var (asked, files) = (thing.State.Request, thing.State.Code?.Sha256);
        return thing.Events.LastOrDefault(recorded => recorded.Body is RunApproved or CodeFetched)?.Body is RunApproved approved
            ? approved.Hash
            : asked.Plan.Code is null || files is not null ? CodeHash.Of(asked, files).Hash : null;
    }

    // Those of the last job.
    private static TaskCounts? TasksOf(RunView row, Folded<Run> thing) =>
        thing.Events.LastOrDefault(recorded => recorded.Body is JobSubmitted or StepEnded or RunRetried)?.Body switch
        {
            StepEnded ended => ended.Tasks,
            // Where the next attempt has begun already, the step has none yet.
            JobSubmitted job => thing.State.Steps.FirstOrDefault(step => step.Id == job.Step) is { } step && step.JobId == job.JobId
                ? step.Tasks
                : row.Tasks,
            _ => null,
        };
}
