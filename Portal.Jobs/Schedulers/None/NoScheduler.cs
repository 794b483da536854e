using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Schedulers.None;

/// <summary>A machine without a batch system: a job is a process in a session of its own on the login node. Its id is
/// <c>PID.START</c>, START being the process's start time since boot in ticks (proc(5), stat, field 22), and its cluster the
/// host: a pid counts only with the same start time on the same host. Resources other than the time limit are not asked for.
/// Tasks of an array run one after another, or as many at a time as asked for.</summary>
/// <param name="clock">Tells how old a submission is.</param>
public sealed partial class NoScheduler(TimeProvider clock) : IScheduler
{
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public string Name => "none";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SubmitOutcome>> SubmitAsync(
        ISite site, IReadOnlyList<JobRequest> jobs, CancellationToken cancel)
    {
        var outcomes = new List<SubmitOutcome>(jobs.Count);
        foreach (var job in jobs)
            job.Check();
        foreach (var portion in SubmissionText.Portions(jobs, Slurm.SlurmScheduler.SizeOf))
        {
            var mark = Marked.NewMark();
            var command = $"r={Shell.Quote(NoSchedulerText.Runner)}\n" + SubmissionText.Render(mark, portion, NoSchedulerText.Submit, Options);
            try
            {
                var result = await site.RunAsync(command, TimeSpan.FromSeconds(30 + portion.Count), cancel);
                var answers = SubmissionText.Read(result.Output, mark);
                outcomes.AddRange(portion.Select((_, i) => Judge(answers.GetValueOrDefault(i))));
            }
            catch (PlaceException fault)
            {
                outcomes.AddRange(portion.Select(_ => Slurm.SlurmScheduler.Faulted(fault)));
            }
        }
        return outcomes;
    }

    private static IEnumerable<string> Options(JobRequest job)
    {
        var limit = job.Resources.TimeLimit is { } time ? (long)Math.Ceiling(time.TotalSeconds) : 0;
        yield return limit.ToString(CultureInfo.InvariantCulture);
        yield return (job.TasksAtOnce ?? 1).ToString(CultureInfo.InvariantCulture);
        foreach (var task in job.Tasks ?? [])
            yield return task.ToString(CultureInfo.InvariantCulture);
    }

    private static SubmitOutcome Judge(SubmissionText.Answer? answer) => answer switch
    {
        null => new SubmitOutcome.Unknown("The machine gave no answer about this job."),
        { Why: "there" } => new SubmitOutcome.Unknown("The job's marker is on the machine already."),
        { Why: "room" } => new SubmitOutcome.NotYet(Slurm.SlurmSubmission.NoRoom(answer.Error)),
        { Code: 0 } when Id(answer.Output) is { } job => new SubmitOutcome.Submitted(job),
        _ => new SubmitOutcome.Unknown($"The process may not have been started: {answer.Error}"),
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FindOutcome>> FindAsync(
        ISite site, IReadOnlyList<JobRequest> jobs, DateTimeOffset since, CancellationToken cancel)
    {
        var mark = Marked.NewMark();
        var text = new StringBuilder(NoSchedulerText.Find.Replace("MARK", mark, StringComparison.Ordinal));
        for (var i = 0; i < jobs.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"find {i} {Shell.Quote(JobFiles.Folder(jobs[i].Folder, jobs[i].Key))}\n");
        var result = await site.RunAsync($"(\n{text})\n", TimeSpan.FromSeconds(60), cancel);
        var parts = Marked.Read(result.Output, mark).ToDictionary(p => p.Name);
        return [.. jobs.Select((_, i) => Sight(parts.GetValueOrDefault($"{i}"), since))];
    }

    private FindOutcome Sight(Marked.Section? part, DateTimeOffset since)
    {
        if (part is null)
            return new FindOutcome.Unsure("The machine gave no answer about the marker.");
        if (Id(part.Text) is { } job)
            return new FindOutcome.Found(job);
        // 0: the marker was old and is taken away; 3: there was none; 4: it is too young, or it could not be taken.
        return part.Code == 0 || (part.Code == 3 && clock.GetUtcNow() - since >= Young)
            ? new FindOutcome.Absent()
            : new FindOutcome.Unsure("Nothing is seen of the job, but its submission is too fresh.");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JobReport>> AskAsync(ISite site, IReadOnlyList<JobQuestion> jobs, CancellationToken cancel)
    {
        if (jobs.Count == 0)
            return [];
        var result = await RunAsync(site, jobs, NoSchedulerText.Ask, "ask", cancel);
        return [.. jobs.Select((job, i) => NoSchedulerAnswer.Report(job, result.GetValueOrDefault($"{i}"), result))];
    }

    /// <inheritdoc/>
    public async Task CancelAsync(ISite site, IReadOnlyList<JobQuestion> jobs, CancellationToken cancel)
    {
        if (jobs.Count > 0)
            await RunAsync(site, jobs, NoSchedulerText.Cancel, "end", cancel);
    }

    private static async Task<Dictionary<string, Marked.Section>> RunAsync(
        ISite site, IReadOnlyList<JobQuestion> jobs, string functions, string function, CancellationToken cancel)
    {
        var mark = Marked.NewMark();
        var text = new StringBuilder(NoSchedulerText.Alive.Replace("MARK", mark, StringComparison.Ordinal)).Append(functions);
        for (var i = 0; i < jobs.Count; i++)
        {
            if (Id($"{jobs[i].Job.Id};{jobs[i].Job.Cluster}") is null)
                throw new ArgumentException($"'{jobs[i].Job.Id}' is no id of a process.", nameof(jobs));
            var id = jobs[i].Job.Id.Split('.');
            text.Append(CultureInfo.InvariantCulture,
                $"{function} {i} {id[0]} {id[1]} {Shell.QuoteAll(jobs[i].Job.Cluster!, JobFiles.Folder(jobs[i].Folder, jobs[i].Key))}\n");
        }
        var result = await site.RunAsync($"(\n{text})\n", TimeSpan.FromSeconds(60), cancel);
        return Marked.Read(result.Output, mark).ToDictionary(p => p.Name);
    }

    /// <inheritdoc/>
    public async Task<SchedulerInfo> DescribeAsync(ISite site, CancellationToken cancel)
    {
        var result = await site.RunAsync("command -v setsid nohup timeout bash ps >/dev/null && uname -sr", TimeSpan.FromSeconds(30), cancel);
        return result.ExitCode == 0
            ? new SchedulerInfo("none, " + result.Output.Trim(), [], false)
            : throw new PlaceException(FaultKind.Blocking, new Failure(FailureName.SchedulerUnavailable,
                "The machine lacks a command that running without a scheduler needs.", result.Error.Trim(),
                "Install util-linux, coreutils, procps and bash."));
    }

    private static JobRef? Id(string text)
    {
        var line = text.Split('\n').Select(l => l.Trim()).LastOrDefault(l => IdLine().IsMatch(l));
        return line?.Split(';') is [var id, var host] ? new JobRef(id, host) : null;
    }

    [GeneratedRegex(@"^[1-9][0-9]*\.[0-9]+;[A-Za-z0-9._-]+\z")]
    private static partial Regex IdLine();
}
