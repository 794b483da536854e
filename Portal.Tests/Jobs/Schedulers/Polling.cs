using Portal.Jobs.Schedulers;
using Portal.Jobs.Sites;

namespace Portal.Tests.Jobs.Schedulers;

/// <summary>Asks until an answer is as wanted; the asking itself takes long enough.</summary>
internal static class Polling
{
    internal static async Task<IReadOnlyList<JobReport>> UntilAsync(
        IScheduler scheduler, ISite site, JobQuestion[] jobs, Func<IReadOnlyList<JobReport>, bool> done)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        IReadOnlyList<JobReport> reports = [];
        while (!limit.IsCancellationRequested)
        {
            reports = await scheduler.AskAsync(site, jobs, CancellationToken.None);
            if (done(reports))
                return reports;
        }
        throw new TimeoutException(string.Join('\n', reports.Select(r => $"{r.Key} {r.Verdict} {r.Word} {r.Reason} {r.Failure}")));
    }
}
