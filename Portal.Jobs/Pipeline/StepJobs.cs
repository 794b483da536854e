using System.Globalization;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Quotas;
using Portal.Domain.Runs;
using Portal.Jobs.Schedulers;

namespace Portal.Jobs.Pipeline;

/// <summary>What a step is to the scheduler, and what the scheduler's answer is to a run.</summary>
internal static class StepJobs
{
    /// <summary>The key of one attempt at a step: the run, the step's place and the attempt, in less than 60 characters.</summary>
    public static string Key(Run run, string step, int attempt)
    {
        var place = run.Steps.Select((state, index) => (state.Id, index)).First(pair => pair.Id == step).index;
        return string.Create(CultureInfo.InvariantCulture, $"portal-{run.Request.RunId}-{place}-{attempt}");
    }

    public static JobRequest Request(Run run, MachineView machine, string stepId, string key)
    {
        var step = run.Request.Plan.Steps.First(candidate => candidate.Id == stepId);
        var resources = step.Resources;
        return new(key, run.Request.Folder,
            JobScript.Render(key, run.Request.Folder, machine.Settings.SetUpLines, step.Environment, step.Script),
            new(resources.Nodes, resources.Tasks, resources.CpusPerTask, resources.MemoryMiB, resources.TimeLimit, resources.Partition,
                resources.Account, resources.Qos),
            resources.Array?.Tasks, resources.Array?.Limit);
    }

    public static JobQuestion Question(Run run, StepState step)
    {
        var array = run.Request.Plan.Steps.First(candidate => candidate.Id == step.Id).Resources.Array;
        return new(step.Key!, new(step.JobId!, step.Cluster), run.Request.Folder, array?.Tasks, step.SubmittedAt ?? run.SubmittedAt);
    }

    public static JobObserved Observed(Id<Run> run, string step, JobReport report) => new(
        run, step, report.Verdict switch { Verdict.Pending => "pending", Verdict.Held => "held", Verdict.Running => "running", _ => "unknown" },
        report.Word, report.Reason, Counts(report), report.Tasks.Min(task => task.Started));

    public static StepEnded Ended(Run run, StepState step, JobReport report) => new(
        run.Request.RunId, step.Id, step.Attempt,
        report.Verdict switch { Verdict.Well => "succeeded", Verdict.Cancelled => "cancelled", _ => "failed" },
        report.Tasks.Max(task => task.ExitCode), Counts(report), report.Tasks.Min(task => task.Started), report.Tasks.Max(task => task.Ended),
        report.Failure, report.Warning, CoreSeconds(run, step, report));

    // Each task from its start to its end, on the cores that accounting says it had; those it asked for, where nothing tells.
    private static double CoreSeconds(Run run, StepState step, JobReport report)
    {
        var asked = Demand.CoresOf(run.Request.Plan.Steps.First(candidate => candidate.Id == step.Id).Resources);
        return report.Tasks.Sum(task => task is { Started: { } from, Ended: { } to } && to > from
            ? (to - from).TotalSeconds * (task.Cores ?? asked) : 0);
    }

    // A short job may end between two questions: it ran all the same.
    public static Phase EndPhase(Run run, JobReport report) =>
        run.Phase == Phase.Queued && report.Tasks.Any(task => task.Started is not null) ? Phase.Running : run.Phase;

    private static TaskCounts Counts(JobReport report)
    {
        var counts = report.Tasks.CountBy(task => task.Verdict).ToDictionary();
        return new(
            counts.GetValueOrDefault(Verdict.Pending) + counts.GetValueOrDefault(Verdict.Held) + counts.GetValueOrDefault(Verdict.Unknown),
            counts.GetValueOrDefault(Verdict.Running), counts.GetValueOrDefault(Verdict.Well), counts.GetValueOrDefault(Verdict.Failed),
            counts.GetValueOrDefault(Verdict.Cancelled));
    }
}
