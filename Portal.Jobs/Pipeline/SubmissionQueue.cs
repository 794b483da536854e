using System.Threading.Channels;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>Hands jobs to a scheduler, as many in one round trip as are waiting: one alone goes at once, a hundred go together.</summary>
internal sealed class SubmissionQueue : IAsyncDisposable
{
    // A round trip costs the machine several processes besides sbatch: what comes together should go together.
    private const int Pumps = 3;
    private const int MostInOneGo = 24;
    private readonly Channel<(JobRequest Job, TaskCompletionSource<SubmitOutcome> Done)> _waiting =
        Channel.CreateUnbounded<(JobRequest, TaskCompletionSource<SubmitOutcome>)>();
    private readonly CancellationTokenSource _end = new();
    private readonly Task[] _pumps;

    public SubmissionQueue(ISite site, IScheduler scheduler) =>
        _pumps = [.. Enumerable.Range(0, Pumps).Select(_ => PumpAsync(site, scheduler, _end.Token))];

    /// <summary>Submits one job; the outcome is Unknown when the connection ends in between.</summary>
    public Task<SubmitOutcome> SubmitAsync(JobRequest job, CancellationToken stop)
    {
        var done = new TaskCompletionSource<SubmitOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _waiting.Writer.TryWrite((job, done))
            ? done.Task.WaitAsync(stop)
            : Task.FromResult<SubmitOutcome>(new SubmitOutcome.Unknown("The connection was being closed."));
    }

    private async Task PumpAsync(ISite site, IScheduler scheduler, CancellationToken cancel)
    {
        var batch = new List<(JobRequest Job, TaskCompletionSource<SubmitOutcome> Done)>();
        await foreach (var first in _waiting.Reader.ReadAllAsync(cancel))
        {
            batch.Add(first);
            while (batch.Count < MostInOneGo && _waiting.Reader.TryRead(out var another)) batch.Add(another);
            try
            {
                var outcomes = await scheduler.SubmitAsync(site, [.. batch.Select(entry => entry.Job)], cancel);
                for (var index = 0; index < batch.Count; index++) batch[index].Done.TrySetResult(outcomes[index]);
            }
            catch (Exception fault)
            {
                // Whatever went wrong, the jobs may have been taken: each is looked up by its key.
                foreach (var entry in batch) entry.Done.TrySetResult(new SubmitOutcome.Unknown(fault.Message));
            }
            batch.Clear();
        }
    }

    /// <summary>Ends; what was not answered is Unknown.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _end.CancelAsync();
        await Task.WhenAll(_pumps).ContinueWith(_ => { }, TaskScheduler.Default);
        while (_waiting.Reader.TryRead(out var entry)) entry.Done.TrySetResult(new SubmitOutcome.Unknown("The connection was closed."));
        _end.Dispose();
    }
}
