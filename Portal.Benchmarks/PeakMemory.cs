namespace Portal.Benchmarks;

/// <summary>The most memory that this process held since it was made, looked at every 20 ms.</summary>
public sealed class PeakMemory : IDisposable
{
    private readonly Timer timer;

    public PeakMemory() => timer = new(_ => Bytes = Math.Max(Bytes, Environment.WorkingSet), null, 0, 20);

    public long Bytes { get; private set; }

    public void Dispose() => timer.Dispose();
}
