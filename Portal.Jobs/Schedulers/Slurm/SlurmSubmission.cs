using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Domain.Runs;

namespace Portal.Jobs.Schedulers.Slurm;

/// <summary>What is given to <c>sbatch</c>, and what its answer means (sbatch(1)).</summary>
internal static partial class SlurmSubmission
{
    /// <summary>The job runs in the account's login environment: <c>--export=ALL</c>, less what the connection itself brought,
    /// and the script reads the login profile. NONE would have slurmd rebuild that environment with <c>su</c>, which is slow and
    /// leaves jobs held where it fails. A <c>%</c> in the folder is doubled, since output paths are patterns;
    /// appending keeps what a requeued job had written under a reader's feet.</summary>
    internal const string Command =
        "unset LC_ALL SSH_AUTH_SOCK SSH_CLIENT SSH_CONNECTION SSH_TTY SSH_ORIGINAL_COMMAND; "
        + "sbatch --parsable --export=ALL --open-mode=append \"$@\" \"$d/script.sh\"";

    /// <summary>The options of one job, unquoted.</summary>
    internal static IEnumerable<string> Options(JobRequest job)
    {
        yield return "--comment=" + job.Key;
        yield return "--job-name=" + job.Key;
        yield return "--chdir=" + job.Folder;
        var task = job.Tasks is null ? "" : ".%a";
        yield return "--output=" + JobFiles.StandardOutput(job.Folder, job.Key).Replace("%", "%%", StringComparison.Ordinal) + task;
        yield return "--error=" + JobFiles.StandardError(job.Folder, job.Key).Replace("%", "%%", StringComparison.Ordinal) + task;
        if (job.Tasks is { } tasks)
            yield return "--array=" + SlurmIds.Ranges(tasks, job.TasksAtOnce);
        var asked = job.Resources;
        (string Name, string? Value)[] options =
        [
            ("nodes", Number(asked.Nodes)), ("ntasks", Number(asked.Tasks)), ("cpus-per-task", Number(asked.CpusPerTask)),
            ("mem", asked.MemoryMiB is { } memory ? Number(memory) + "M" : null),
            ("time", asked.TimeLimit is { } limit ? SlurmIds.Limit(limit) : null),
            ("partition", asked.Partition), ("account", asked.Account), ("qos", asked.Qos),
        ];
        foreach (var (name, value) in options)
        {
            if (!string.IsNullOrEmpty(value))
                yield return $"--{name}={value}";
        }
    }

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    /// <summary>What an answer means. Only a clear no of a scheduler that was reached is a refusal; only an id with exit code 0
    /// is a submission; all else must be looked up.</summary>
    internal static SubmitOutcome Judge(SubmissionText.Answer? answer)
    {
        if (answer is null)
            return new SubmitOutcome.Unknown("The machine gave no answer about this job.");
        var words = answer.Error.Length > 0 ? answer.Error : answer.Output;
        switch (answer.Why)
        {
            case "there":
                return new SubmitOutcome.Unknown("The job's marker is on the machine already.");
            case "room":
                return new SubmitOutcome.NotYet(NoRoom(words));
            case "skip":
                return new SubmitOutcome.NotYet(new Failure(FailureName.SchedulerUnavailable, "The scheduler does not answer.", words,
                    "It is tried again by itself."));
        }
        if (answer.Code == 0)
            return Id(answer.Output) is { } job ? new SubmitOutcome.Submitted(job) : new SubmitOutcome.Unknown($"sbatch gave no id: {words}");
        if (answer.Code is 126 or 127)
        {
            return new SubmitOutcome.NotYet(new Failure(FailureName.SchedulerUnavailable, "sbatch cannot be run on the machine.",
                words, "Is it the right scheduler, and is Slurm in the path of a login without a terminal?"));
        }
        if (answer.Code != 1 || Id(answer.Output) is not null || words.Length == 0 || Unclear().IsMatch(words))
            return new SubmitOutcome.Unknown(string.Create(CultureInfo.InvariantCulture, $"sbatch ended with {answer.Code}: {words}"));
        return words.Contains("MaxSubmitJob", StringComparison.Ordinal)
            ? new SubmitOutcome.NotYet(new Failure(FailureName.SubmissionRefused,
                "The site's limit on the number of submitted jobs is reached.", words, "It is tried again as others end."))
            : new SubmitOutcome.Refused(new Failure(FailureName.SubmissionRefused, "Slurm refused the job.", words,
                "Change what is asked for: partition, account, time, memory or nodes."));
    }

    /// <summary>The id in sbatch's output: the last line that is one (<c>15</c>, <c>15;cluster</c>), whatever is printed before.</summary>
    internal static JobRef? Id(string output)
    {
        var line = output.Split('\n').Select(l => l.Trim()).LastOrDefault(l => IdLine().IsMatch(l));
        return line?.Split(';') is { } parts ? new JobRef(parts[0], parts.ElementAtOrDefault(1)) : null;
    }

    /// <summary>The failure behind a file that could not be written.</summary>
    internal static Failure NoRoom(string words) =>
        words.Contains("Permission denied", StringComparison.Ordinal) || words.Contains("Read-only", StringComparison.Ordinal)
            ? new Failure(FailureName.PermissionDenied, "The run's folder cannot be written.", words,
                "Give the account the right to write there.")
            : new Failure(FailureName.QuotaExceeded, "The job's files cannot be written to the run's folder.", words,
                "Make room on the machine, then it goes on.");

    // slurm_errno texts of a controller that may have done it all the same.
    [GeneratedRegex("Unable to contact slurm controller|Socket timed out|Zero Bytes were transmitted|Transport endpoint|"
        + "Connection (refused|reset|timed out)|Communication connection failure|Message (send|receive) failure|"
        + "Header lengths are longer|temporarily unable|in standby mode|Interrupted system call|Unexpected message",
        RegexOptions.IgnoreCase)]
    private static partial Regex Unclear();

    [GeneratedRegex(@"^[0-9]+(;\S+)?\z")]
    private static partial Regex IdLine();
}
