using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Portal.Domain.Runs;
using Portal.Jobs.Schedulers;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Pipeline;

/// <summary>Asks about all jobs of one credential on one machine with one command a time: often while something is young, seldom
/// when nothing changes.</summary>
internal sealed class JobWatcher : IAsyncDisposable
{
    private const int FaultsBeforeNews = 3;
    private const int RestAfterAsking = 8;
    private readonly ConcurrentDictionary<string, Followed> _followed = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _hurry = new(0, 1);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;
    private bool _closed;

    public JobWatcher(ISite site, IScheduler scheduler, PipelineOptions options, ILogger logger) =>
        _loop = LoopAsync(site, scheduler, options, logger, _end.Token);

    /// <summary>Follows a job until it is disposed of.</summary>
    public Followed Follow(JobQuestion job)
    {
        Followed followed = null!;
        followed = new Followed(job, () => _followed.TryRemove(new(job.Key, followed)));
        lock (_gate)
        {
            if (_closed) throw Closed();
            _followed[job.Key] = followed;
            Hurry();
        }
        return followed;
    }

    /// <summary>Asks soon, whatever the rhythm.</summary>
    public void Hurry()
    {
        lock (_gate)
            if (!_closed && _hurry.CurrentCount == 0) _hurry.Release();
    }

    private static PlaceException Closed() => new(FaultKind.Transient, new(FailureName.Unreachable, "The connection was closed."));

    private async Task LoopAsync(ISite site, IScheduler scheduler, PipelineOptions options, ILogger logger, CancellationToken cancel)
    {
        var faults = 0;
        var changed = DateTimeOffset.MinValue;
        var rest = TimeSpan.Zero;
        while (!cancel.IsCancellationRequested)
        {
            var age = DateTimeOffset.UtcNow - changed;
            var pause = _followed.IsEmpty ? Timeout.InfiniteTimeSpan
                : faults > 0 ? options.PauseAfter(faults)
                : age < options.YoungFor ? options.PollYoung
                : options.PollOld;
            if (pause != Timeout.InfiniteTimeSpan && pause < rest) pause = rest;
            var hurried = await _hurry.WaitAsync(pause, cancel);
            if (hurried)
            {
                // Several begin to follow at once: one question serves them all, and a fresh job is seldom on before that.
                changed = DateTimeOffset.UtcNow;
                await Task.Delay(rest > options.PollYoung / 2 ? rest : options.PollYoung / 2, cancel);
            }
            var asked = _followed.Values.ToArray();
            if (asked.Length == 0) continue;
            try
            {
                var begun = Stopwatch.GetTimestamp();
                var reports = await scheduler.AskAsync(site, [.. asked.Select(followed => followed.Job)], cancel);
                // A question about a thousand jobs costs the machine something: asking takes a small part of the time, whoever hurries.
                rest = Stopwatch.GetElapsedTime(begun) * RestAfterAsking;
                if (rest > options.PollOld) rest = options.PollOld;
                faults = 0;
                for (var index = 0; index < asked.Length; index++)
                    if (asked[index].Tell(reports[index])) changed = DateTimeOffset.UtcNow;
            }
            catch (PlaceException fault)
            {
                faults++;
                logger.LogInformation("Asking about {Jobs} jobs failed for the {Times}. time: {Fault}", asked.Length, faults, fault.Message);
                if (fault.Kind == FaultKind.Blocking || faults >= FaultsBeforeNews)
                    foreach (var followed in asked) followed.Tell(fault);
            }
            catch (Exception fault) when (!cancel.IsCancellationRequested)
            {
                faults++;
                logger.LogError(fault, "Asking about {Jobs} jobs met a fault of the portal's own.", asked.Length);
                var told = new PlaceException(FaultKind.Transient,
                    new(FailureName.Internal, "The portal could not read the scheduler's answer."), fault);
                if (faults >= FaultsBeforeNews)
                    foreach (var followed in asked) followed.Tell(told);
            }
        }
    }

    /// <summary>Ends.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate) _closed = true;
        await _end.CancelAsync();
        await _loop.ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var followed in _followed.Values) followed.Tell(Closed());
        _end.Dispose();
        _hurry.Dispose();
    }
}
