using Portal.EventStore;

namespace Portal.Tests.EventStore;

/// <summary>Follows a tail in the background and lets a test wait for what it has seen.</summary>
internal sealed class Follower : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly List<Recorded> seen = [];
    private readonly Task following;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Follower(IEventTail tail, long? after, Func<Task>? pause = null) => following = FollowAsync(tail, after, pause);

    public IReadOnlyList<Recorded> Seen
    {
        get
        {
            lock (gate)
                return [.. seen];
        }
    }

    /// <summary>Waits until so many events have come; fails when the following ends or half a minute passes first.</summary>
    public async Task UntilAsync(int count)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (seen.Count >= count)
                    return;
                next = changed.Task;
            }
            if (await Task.WhenAny(next, following).WaitAsync(TimeSpan.FromSeconds(30)) == following)
            {
                await following;
                Assert.Fail($"The following ended after {Seen.Count} events.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await following.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    private async Task FollowAsync(IEventTail tail, long? after, Func<Task>? pause)
    {
        await foreach (var batch in tail.FollowAsync(after, stop.Token))
        {
            lock (gate)
            {
                seen.AddRange(batch);
                var woken = changed;
                changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
                woken.TrySetResult();
            }
            if (pause is not null)
                await pause();
        }
    }
}
