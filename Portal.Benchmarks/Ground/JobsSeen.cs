using System.Collections.Concurrent;
using System.Diagnostics;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Benchmarks.Ground;

/// <summary>Hears from the tail, as a page does, which runs have a job, and when that was heard.</summary>
public sealed class JobsSeen : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Id<Run>, TaskCompletionSource<long>> seen = new();
    private readonly CancellationTokenSource end = new();
    private readonly Task hearing;

    /// <summary>Hears from now on.</summary>
    public JobsSeen(IEventTail tail) => hearing = HearAsync(tail, end.Token);

    /// <summary>Waits until the run has a job.</summary>
    /// <returns>The moment it was heard, as of <see cref="Stopwatch.GetTimestamp"/>.</returns>
    public Task<long> OfAsync(Id<Run> run, CancellationToken cancel) => Entry(run).Task.WaitAsync(cancel);

    private TaskCompletionSource<long> Entry(Id<Run> run) =>
        seen.GetOrAdd(run, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task HearAsync(IEventTail tail, CancellationToken cancel)
    {
        await foreach (var batch in tail.FollowAsync(null, cancel))
        {
            foreach (var recorded in batch)
            {
                if (recorded.Body is JobSubmitted submitted) Entry(submitted.RunId).TrySetResult(Stopwatch.GetTimestamp());
                if (recorded.Body is RunFailed failed) Fail(failed.RunId, failed.Failure.Message);
                if (recorded.Body is RunHeld held) Fail(held.RunId, held.Failure.Message);
                if (recorded.Body is StepSubmissionUnclear unclear) Fail(unclear.RunId, unclear.Words);
                if (recorded.Body is StepNotSubmitted not) Fail(not.RunId, "not submitted");
            }
        }
    }

    private void Fail(Id<Run> run, string why) => Entry(run).TrySetException(new InvalidOperationException(why));

    /// <summary>Hears no longer.</summary>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await Task.WhenAny(hearing);
        end.Dispose();
    }
}
