using System.Globalization;
using Portal.Domain.Runs;

namespace Portal.Jobs.Schedulers;

/// <summary>Failures of jobs, by name, with evidence and advice.</summary>
public static class JobFailures
{
    private static readonly string[] MemoryWords =
        ["oom-kill", "oom_kill", "out of memory", "exceeded memory limit", "exceeded job memory limit"];

    /// <summary>A failure of that name with its plain words.</summary>
    public static Failure Of(FailureName name, string word, int? exitCode, string? standardError)
    {
        var (message, advice) = name switch
        {
            FailureName.OutOfMemory => ("The job used more memory than it asked for.", "Ask for more memory, or use less."),
            FailureName.TimeLimit => ("The job used up its wall time.",
                "Ask for a longer time, or let the step go on from a checkpoint."),
            FailureName.Deadline => ("The job's deadline passed.", "Submit again with a later deadline."),
            FailureName.NodeFailure => ("A node broke down under the job.", "It may be tried again as it is."),
            FailureName.Preempted => ("The scheduler took the nodes away for another job.", "It may be tried again as it is."),
            FailureName.DependencyFailed => ("A job that this one waited for failed.", "See why the other one failed."),
            FailureName.CancelledBySite => ("Somebody at the site cancelled the job.", "Ask the site's support why."),
            FailureName.SubmissionRefused => ("The scheduler refused the job.", "Change what is asked for; see the evidence."),
            FailureName.CouldNotStart => ("The job could not be started.", "See the evidence; ask the site's support."),
            FailureName.JobLost => ("The job ended without a trace of how.",
                "Look at its output, and run the step again if it is not complete."),
            FailureName.Signal => (string.Create(CultureInfo.InvariantCulture,
                $"The job was ended by signal {(exitCode ?? 128) - 128}."), "Look at the end of its standard error."),
            _ => (string.Create(CultureInfo.InvariantCulture, $"The job ended with exit code {exitCode}."),
                "Look at the end of its standard error."),
        };
        var code = exitCode is { } value ? string.Create(CultureInfo.InvariantCulture, $", exit code {value}") : "";
        var tail = standardError?.Trim() is { Length: > 0 } text ? "\n" + text : "";
        return new Failure(name, message, $"Scheduler: {word}{code}{tail}", advice);
    }

    /// <summary>What an exit code means: above 128 a signal, and with 137 and words of it in standard error, memory.</summary>
    public static FailureName ByExitCode(int exitCode, string? standardError) => exitCode switch
    {
        137 when SpeaksOfMemory(standardError) => FailureName.OutOfMemory,
        > 128 and < 193 => FailureName.Signal,
        _ => FailureName.ExitCode,
    };

    /// <summary>Whether the last lines of standard error say that memory was the cause.</summary>
    public static bool SpeaksOfMemory(string? standardError) => standardError is not null
        && MemoryWords.Any(word => standardError.Contains(word, StringComparison.OrdinalIgnoreCase));
}
