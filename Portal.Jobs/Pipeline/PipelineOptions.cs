namespace Portal.Jobs.Pipeline;

/// <summary>How patient the pipeline is. The defaults suit a real cluster; tests shorten them.</summary>
public sealed record PipelineOptions
{
    /// <summary>Pause before the second attempt; it doubles with each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest pause between attempts, and how often a held run is looked at again.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Attempts at an act before its run is held, with the cause in plain words.</summary>
    public int AttemptsBeforeHold { get; init; } = 6;

    /// <summary>Pause between two questions about jobs while any is young (see <see cref="YoungFor"/>).</summary>
    public TimeSpan PollYoung { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause between two questions about jobs.</summary>
    public TimeSpan PollOld { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after a change a job counts as young.</summary>
    public TimeSpan YoungFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a job may be unknown to everybody before its run is held.</summary>
    public TimeSpan UnknownFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Files of one run moved at a time.</summary>
    public int TransfersAtOnce { get; init; } = 3;

    /// <summary>How long a machine's worker stays, connected, after its last run.</summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a key stays in its agent after the last run that may use it ended well.</summary>
    public TimeSpan KeyLinger { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often all runs are looked over: ended leases, runs that nobody works on.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes kept of each log: of a longer one its end.</summary>
    public int LogLimit { get; init; } = 4 << 20;

    /// <summary>The pause before an attempt.</summary>
    /// <param name="attempt">How many have failed, from 1.</param>
    public TimeSpan PauseAfter(int attempt) =>
        TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(attempt - 1, 20)));
}
