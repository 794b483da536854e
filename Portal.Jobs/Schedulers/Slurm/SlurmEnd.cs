using System.Globalization;
using Portal.Domain.Runs;

namespace Portal.Jobs.Schedulers.Slurm;

/// <summary>How a task ended: by accounting, else by its end marker, else by the queue's last word.</summary>
internal static class SlurmEnd
{
    /// <summary>By accounting.</summary>
    /// <param name="task">Task id.</param>
    /// <param name="row">Accounting's final row.</param>
    /// <param name="uid">The account's own number: who cancels under another is the site.</param>
    /// <param name="standardError">Its last lines, where they could be read.</param>
    /// <param name="end">The end marker, where it could be read: sacct shows an exit code of 128 and more less 128 (137 as 9).</param>
    internal static TaskReport Of(int? task, AccountRow row, string uid, string? standardError, EndMarker? end)
    {
        var meaning = SlurmStates.Of(row.State);
        var verdict = meaning.Verdict;
        var name = meaning.Failure;
        int? exit = verdict == Verdict.Cancelled ? null : row.Signal > 0 ? 128 + row.Signal
            : end is not null && end.ExitCode == row.Code + 128 ? end.ExitCode : row.Code;
        var reason = row.Reason.Trim();
        if (verdict == Verdict.Cancelled)
        {
            var by = row.State.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (reason.StartsWith("Dependency", StringComparison.OrdinalIgnoreCase))
                name = FailureName.DependencyFailed;
            else if (JobFailures.SpeaksOfMemory(standardError))
                name = FailureName.OutOfMemory;
            else if (by is [_, "by", var who, ..] && who != uid && SlurmIds.IsNumber(who))
                name = FailureName.CancelledBySite;
        }
        else if (name == FailureName.ExitCode)
        {
            name = reason.StartsWith("BadConstraints", StringComparison.OrdinalIgnoreCase) ? FailureName.SubmissionRefused
                : JobFailures.ByExitCode(exit ?? 1, standardError);
            if (name == FailureName.ExitCode && exit == 0)
                name = FailureName.CouldNotStart;
        }
        if (name is { } failure)
        {
            verdict = Verdict.Failed;
            var word = reason is "" or "None" ? row.State : $"{row.State} ({reason})";
            return new TaskReport(task, verdict, row.State, null, exit, row.Started, row.Ended,
                JobFailures.Of(failure, word, exit, standardError)) { Nodes = row.Nodes, Cores = row.Cores };
        }
        return new TaskReport(task, verdict, row.State, null, exit, row.Started, row.Ended)
        {
            Nodes = row.Nodes,
            Cores = row.Cores,
            Warning = verdict == Verdict.Well && row.DerivedCode != 0
                ? string.Create(CultureInfo.InvariantCulture, $"It ended well, but one of its steps (srun) ended with {row.DerivedCode}.")
                : null,
        };
    }

    /// <summary>By the end marker.</summary>
    internal static TaskReport Of(int? task, EndMarker end, string? queueWord, string? standardError)
    {
        var word = queueWord ?? "";
        var known = queueWord is null ? null : SlurmStates.Of(queueWord);
        if (known is { Verdict: Verdict.Cancelled })
            return new TaskReport(task, Verdict.Cancelled, word, null, null, end.Started, end.Ended) { Nodes = end.Host };
        var said = word.Length > 0 ? word : "gone from the queue, by the job's own end marker";
        var name = known is { Failure: { } given and not FailureName.ExitCode } ? given
            : standardError?.Contains("DUE TO TIME LIMIT", StringComparison.Ordinal) == true ? FailureName.TimeLimit
            : end.ExitCode == 0 ? (FailureName?)null
            : JobFailures.ByExitCode(end.ExitCode, standardError);
        return new TaskReport(task, name is null ? Verdict.Well : Verdict.Failed, word, null, end.ExitCode, end.Started, end.Ended,
            name is { } failure ? JobFailures.Of(failure, said, end.ExitCode, standardError) : null) { Nodes = end.Host };
    }

    /// <summary>By the queue's last word, where there is neither accounting nor an end marker.</summary>
    internal static TaskReport Of(int? task, SlurmStates.Meaning meaning, string word) =>
        new(task, meaning.Verdict, word, Failure: meaning.Failure is { } name
            ? JobFailures.Of(name == FailureName.ExitCode ? FailureName.JobLost : name, word, null, null)
            : null);
}
