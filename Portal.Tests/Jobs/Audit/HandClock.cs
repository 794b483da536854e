namespace Portal.Tests.Jobs.Audit;

/// <summary>A clock that stands until it is moved on by hand.</summary>
/// <param name="begin">What it shows at first.</param>
internal sealed class HandClock(DateTimeOffset begin) : TimeProvider
{
    private readonly TaskCompletionSource<TimeSpan> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock moving = new();
    private readonly List<Timer> timers = [];
    private DateTimeOffset now = begin;

    /// <summary>The period of the first timer that is made.</summary>
    public Task<TimeSpan> Asked => asked.Task;

    public override DateTimeOffset GetUtcNow()
    {
        lock (moving) return now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (moving)
        {
            var timer = new Timer(callback, state, now + dueTime, period);
            timers.Add(timer);
            asked.TrySetResult(period);
            return timer;
        }
    }

    /// <summary>Moves it on; timers that are due by then go off once.</summary>
    public void Forward(TimeSpan by)
    {
        List<Timer> due;
        lock (moving)
        {
            now += by;
            due = [.. timers.Where(timer => timer.Due <= now)];
        }
        foreach (var timer in due) timer.Fire();
    }

    private sealed class Timer(TimerCallback callback, object? state, DateTimeOffset due, TimeSpan period) : ITimer
    {
        public DateTimeOffset Due { get; private set; } = due;

        public void Fire()
        {
            Due += period;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan again) => false;

        public void Dispose() => Due = DateTimeOffset.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
