using System.Globalization;
using Portal.Domain.Runs;

namespace Portal.Jobs.Schedulers;

/// <summary>What an array's tasks mean together.</summary>
public static class JobFold
{
    /// <summary>Well only if every task is well; running while any task is not final; unknown when one is; else failed with
    /// counts and causes; cancelled only if cancelled tasks are the only ones not well.</summary>
    public static JobReport Fold(string key, IReadOnlyList<TaskReport> tasks)
    {
        var verdict = Verdict(tasks);
        var worst = tasks.FirstOrDefault(t => t.Verdict == verdict) ?? tasks[0];
        var failed = tasks.Where(t => t.Verdict == Schedulers.Verdict.Failed).ToList();
        var reason = verdict is Schedulers.Verdict.Pending or Schedulers.Verdict.Held or Schedulers.Verdict.Unknown
            ? worst.Reason
            : null;
        var warnings = tasks.Where(t => t.Warning is not null).ToList();
        var warning = (verdict, warnings) switch
        {
            (not Schedulers.Verdict.Well, _) or (_, []) => null,
            (_, [var only]) when tasks.Count == 1 => only.Warning,
            _ => string.Create(CultureInfo.InvariantCulture,
                $"{warnings.Count} of {tasks.Count} tasks: {warnings[0].Warning}"),
        };
        return new JobReport(key, verdict, worst.Word, reason, tasks,
            verdict == Schedulers.Verdict.Failed ? Together(failed, tasks.Count) : null, warning);
    }

    private static Verdict Verdict(IReadOnlyList<TaskReport> tasks)
    {
        bool Any(Verdict verdict) => tasks.Any(t => t.Verdict == verdict);
        var ended = Any(Schedulers.Verdict.Well) || Any(Schedulers.Verdict.Failed) || Any(Schedulers.Verdict.Cancelled);
        if (Any(Schedulers.Verdict.Running))
            return Schedulers.Verdict.Running;
        if (Any(Schedulers.Verdict.Pending))
            return ended ? Schedulers.Verdict.Running : Schedulers.Verdict.Pending;
        if (Any(Schedulers.Verdict.Held))
            return Schedulers.Verdict.Held;
        if (Any(Schedulers.Verdict.Unknown))
            return Schedulers.Verdict.Unknown;
        if (Any(Schedulers.Verdict.Failed))
            return Schedulers.Verdict.Failed;
        return Any(Schedulers.Verdict.Cancelled) ? Schedulers.Verdict.Cancelled : Schedulers.Verdict.Well;
    }

    private static Failure Together(List<TaskReport> failed, int all)
    {
        var causes = failed.GroupBy(t => t.Failure!.Name).OrderByDescending(group => group.Count()).ToList();
        var first = causes[0].First();
        if (all == 1)
            return first.Failure!;
        var counts = string.Join(", ", causes.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count()} {c.Key}")));
        var which = string.Create(CultureInfo.InvariantCulture, $"Task {first.TaskId}: ");
        return new Failure(causes[0].Key,
            string.Create(CultureInfo.InvariantCulture, $"{failed.Count} of {all} tasks failed: {counts}."),
            which + (first.Failure!.Evidence ?? first.Failure.Message), first.Failure.Advice);
    }
}
