using System.Globalization;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Schedulers.Slurm;

/// <summary>Slurm 20.11 and later, by its commands (sbatch(1), squeue(1), sacct(1), scancel(1), sinfo(1)).</summary>
/// <param name="clock">Tells how old a submission is.</param>
public sealed partial class SlurmScheduler(TimeProvider clock) : IScheduler
{
    /// <inheritdoc/>
    public string Name => "slurm";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SubmitOutcome>> SubmitAsync(
        ISite site, IReadOnlyList<JobRequest> jobs, CancellationToken cancel)
    {
        var outcomes = new List<SubmitOutcome>(jobs.Count);
        foreach (var job in jobs)
            job.Check();
        foreach (var portion in SubmissionText.Portions(jobs, SizeOf))
        {
            var mark = Marked.NewMark();
            var command = SubmissionText.Render(mark, portion, SlurmSubmission.Command, SlurmSubmission.Options);
            try
            {
                var result = await site.RunAsync(command, TimeSpan.FromSeconds(30 + portion.Count), cancel);
                var answers = SubmissionText.Read(result.Output, mark);
                for (var i = 0; i < portion.Count; i++)
                    outcomes.Add(SlurmSubmission.Judge(answers.GetValueOrDefault(i)));
            }
            catch (PlaceException fault)
            {
                foreach (var _ in portion)
                    outcomes.Add(Faulted(fault));
            }
        }
        return outcomes;
    }

    /// <summary>Only a fault before anything was done leaves no doubt.</summary>
    internal static SubmitOutcome Faulted(PlaceException fault) => fault.Kind == FaultKind.Unknown
        ? new SubmitOutcome.Unknown(fault.Failure.Message)
        : new SubmitOutcome.NotYet(fault.Failure);

    internal static int SizeOf(JobRequest job) => 600 + 2 * job.Folder.Length + job.Script.Head.Length + job.Script.Step.Length
        + job.Script.SetUp.Length;

    /// <inheritdoc/>
    public async Task CancelAsync(ISite site, IReadOnlyList<JobQuestion> jobs, CancellationToken cancel)
    {
        // Never an empty list, 0 or a pattern: those mean everything, or nothing that was meant.
        foreach (var job in jobs)
        {
            if (!SlurmIds.IsNumber(job.Job.Id) || job.Job.Id.TrimStart('0').Length == 0)
                throw new ArgumentException($"'{job.Job.Id}' is no id of a job.", nameof(jobs));
        }
        foreach (var cluster in jobs.GroupBy(job => job.Job.Cluster))
        {
            foreach (var part in cluster.Select(job => job.Job.Id).Distinct().Chunk(2000))
            {
                var result = await site.RunAsync($"scancel {Of(cluster.Key)}{Shell.QuoteAll(part)}", TimeSpan.FromSeconds(60), cancel);
                if (result.ExitCode != 0 && !result.Error.Contains("Invalid job id", StringComparison.OrdinalIgnoreCase)
                    && !result.Error.Contains("already completing or completed", StringComparison.OrdinalIgnoreCase))
                {
                    throw new PlaceException(FaultKind.Transient, new Failure(FailureName.SchedulerUnavailable,
                        "Slurm did not take the cancellation.", result.Error.Trim(), "It is asked again."));
                }
            }
        }
    }

    /// <inheritdoc/>
    public async Task<SchedulerInfo> DescribeAsync(ISite site, CancellationToken cancel)
    {
        var mark = Marked.NewMark();
        var command = $$"""
            (
            m={{mark}}
            run() { n=$1; shift; printf '%s begin %s\n' "$m" "$n"; "$@"; printf '\n%s end %s %s\n' "$m" "$n" "$?"; }
            run version sbatch --version
            run partitions sinfo -h -o %P
            run accounting sacct -n -X -P -o JobID -S now
            )
            """;
        var result = await site.RunAsync(command, TimeSpan.FromSeconds(60), cancel);
        var parts = Marked.Read(result.Output, mark).ToDictionary(s => s.Name);
        if (parts.GetValueOrDefault("version") is not { Code: 0, Text: var version })
        {
            throw new PlaceException(FaultKind.Blocking, new Failure(FailureName.SchedulerUnavailable,
                "Slurm's commands are not found on the machine.", result.Error.Trim(),
                "Is it the right scheduler, and is Slurm in the path of a login without a terminal?"));
        }
        if (parts.GetValueOrDefault("partitions") is not { Code: 0, Text: var partitions })
        {
            throw new PlaceException(FaultKind.Transient, new Failure(FailureName.SchedulerUnavailable,
                "Slurm's controller does not answer.", result.Error.Trim(), "Try again later, or ask the site's support."));
        }
        var names = partitions.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct();
        return new SchedulerInfo(version.Split('\n').Select(l => l.Trim()).LastOrDefault(l => l.Length > 0) ?? "slurm",
            [.. names.OrderByDescending(n => n.EndsWith('*')).Select(n => n.TrimEnd('*'))],
            parts.GetValueOrDefault("accounting") is { Code: 0 });
    }

    private static string Of(string? cluster) => cluster is null ? "" : $"-M {Shell.Quote(cluster)} ";

    private static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}
