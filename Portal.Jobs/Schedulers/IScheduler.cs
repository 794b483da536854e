using Portal.Jobs.Sites;

namespace Portal.Jobs.Schedulers;

/// <summary>A batch system, spoken to over a site. Holds no state; every call is one remote command whatever the number of
/// jobs (beyond some thousands it is cut into several). A site's fault passes through as <see cref="PlaceException"/>, but for
/// submission, where it becomes an outcome.</summary>
public interface IScheduler
{
    /// <summary>The word in a machine's settings: <c>slurm</c>, <c>none</c>.</summary>
    string Name { get; }

    /// <summary>Submits each job at most once: makes its folders, takes its marker, writes its script, submits, notes the answer
    /// in the marker. A job whose marker is there already is not submitted: its outcome is Unknown. One outcome a request, in
    /// order.</summary>
    Task<IReadOnlyList<SubmitOutcome>> SubmitAsync(ISite site, IReadOnlyList<JobRequest> jobs, CancellationToken cancel);

    /// <summary>Looks keys up in the marker, the queue and accounting. After Absent the key may be submitted again.</summary>
    /// <param name="site">The machine.</param>
    /// <param name="jobs">What was to be submitted.</param>
    /// <param name="since">When the first of them was about to be submitted, by the portal's clock.</param>
    /// <param name="cancel">Gives up.</param>
    Task<IReadOnlyList<FindOutcome>> FindAsync(ISite site, IReadOnlyList<JobRequest> jobs, DateTimeOffset since,
        CancellationToken cancel);

    /// <summary>Asks about all these jobs with one command. One report a question, in order.</summary>
    Task<IReadOnlyList<JobReport>> AskAsync(ISite site, IReadOnlyList<JobQuestion> jobs, CancellationToken cancel);

    /// <summary>Asks the scheduler to end these jobs; whether it did is asked afterwards. An empty list does nothing.</summary>
    Task CancelAsync(ISite site, IReadOnlyList<JobQuestion> jobs, CancellationToken cancel);

    /// <summary>Version, partitions, accounting.</summary>
    Task<SchedulerInfo> DescribeAsync(ISite site, CancellationToken cancel);
}
