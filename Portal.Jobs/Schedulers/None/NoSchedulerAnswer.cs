using System.Globalization;
using Portal.Domain.Runs;

namespace Portal.Jobs.Schedulers.None;

/// <summary>What the notes of a job without a scheduler mean.</summary>
internal static class NoSchedulerAnswer
{
    internal static JobReport Report(JobQuestion job, Marked.Section? part, Dictionary<string, Marked.Section> parts)
    {
        if (part is null)
            return JobFold.Fold(job.Key, [new TaskReport(null, Verdict.Unknown, "", "The machine gave no answer about the job.")]);
        var notes = part.Text.Split('\n').Select(line => line.Split('|', 2)).Where(c => c.Length == 2)
            .ToDictionary(c => c[0], c => c[1]);
        TaskReport One(int? id)
        {
            var suffix = id is { } task ? string.Create(CultureInfo.InvariantCulture, $".{task}") : "";
            var tail = parts.GetValueOrDefault($"stderr-{part.Name}-{id}")?.Text;
            return Task(id, notes, suffix, part.Code, tail);
        }
        return JobFold.Fold(job.Key, job.Tasks is null ? [One(null)] : [.. job.Tasks.Select(id => One(id))]);
    }

    private static TaskReport Task(int? id, Dictionary<string, string> notes, string suffix, int alive, string? tail)
    {
        var cancelled = notes.ContainsKey("cancelled");
        // While the runner lives, whether a task was over its time may still be noted behind its end.
        var noted = alive != 0 || notes.ContainsKey("done" + suffix);
        if (noted && notes.TryGetValue("exit" + suffix, out var text) && EndMarker.Parse(text) is { } end)
        {
            FailureName? name = notes.ContainsKey("overtime" + suffix) ? FailureName.TimeLimit
                : end.ExitCode == 0 ? null : JobFailures.ByExitCode(end.ExitCode, tail);
            var verdict = name is null ? Verdict.Well : cancelled ? Verdict.Cancelled : Verdict.Failed;
            return new TaskReport(id, verdict, "ended", null, end.ExitCode, end.Started, end.Ended,
                verdict == Verdict.Failed ? JobFailures.Of(name!.Value, "ended", end.ExitCode, tail) : null) { Nodes = end.Host };
        }
        // Stopped before it could write its end.
        if (notes.ContainsKey("overtime" + suffix))
            return new TaskReport(id, cancelled ? Verdict.Cancelled : Verdict.Failed, "ended", Failure: cancelled ? null
                : JobFailures.Of(FailureName.TimeLimit, "ended", null, tail));
        var begun = notes.ContainsKey("start" + suffix);
        return alive switch
        {
            0 => new TaskReport(id, begun ? Verdict.Running : Verdict.Pending, begun ? "running" : "waiting",
                begun ? null : "Waits for the tasks before it."),
            1 when cancelled => new TaskReport(id, Verdict.Cancelled, "ended"),
            1 => new TaskReport(id, Verdict.Failed, "gone", Failure: JobFailures.Of(FailureName.JobLost,
                "the process is gone without an end marker: killed, or the machine was restarted", null, tail)),
            _ => new TaskReport(id, Verdict.Unknown, "", "The job was started on another host of this machine."),
        };
    }
}
