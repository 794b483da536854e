using Portal.Jobs.Sites;
using Portal.Jobs.Transfers.Hashing;

namespace Portal.Jobs.Transfers;

/// <summary>Beats once a second while bytes move: tells how far they are, and notes the hash's state in the journal; the notes come
/// more seldom as time goes by, so that at most half a percent of the time is lost to a crash and the journal stays small.</summary>
internal sealed class TransferPulse : IAsyncDisposable
{
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(5);
    private readonly Conveyor conveyor;
    private readonly TransferJournal journal;
    private readonly long? total;
    private readonly long from;
    private readonly Func<TransferProgress, ValueTask> progress;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stop = new();
    private readonly Task beating;
    private readonly HashSet<long> marked = [];

    public TransferPulse(Conveyor conveyor, TransferJournal journal, long? total, long from,
        Func<TransferProgress, ValueTask> progress, TimeProvider time)
    {
        (this.conveyor, this.journal, this.total, this.from, this.progress, this.time) = (conveyor, journal, total, from, progress, time);
        beating = Task.Run(BeatAsync);
    }

    /// <summary>Ends the beat with the last word on progress and the last states of the hash.</summary>
    public async Task StopAsync()
    {
        if (stop.IsCancellationRequested) return;
        await stop.CancelAsync();
        await beating;
        await MarkAsync(conveyor.Marks);
        await progress(new(conveyor.Delivered, total, from));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        stop.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        var begun = time.GetTimestamp();
        var (told, due) = (from, TimeSpan.Zero);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                if (conveyor.Delivered != told) await progress(new(told = conveyor.Delivered, total, from));
                var spent = time.GetElapsedTime(begun);
                if (spent < due) continue;
                due = spent + spent / 200;
                // The newest may be ahead of what the target has written by then; the oldest hardly is.
                await MarkAsync([.. conveyor.Marks.Take(1), .. conveyor.Marks.TakeLast(1)]);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped: the last word follows.
        }
    }

    // A note that cannot be written costs a resumption some bytes, never the transfer.
    private async Task MarkAsync(IReadOnlyList<HashMark> states)
    {
        HashMark[] news = [.. states.Where(s => !marked.Contains(s.Length))];
        if (news.Length == 0) return;
        using var limit = new CancellationTokenSource(LastWord, time);
        try
        {
            await journal.MarkAsync(news, limit.Token);
            marked.UnionWith(news.Select(s => s.Length));
        }
        catch (Exception fault) when (fault is PlaceException or OperationCanceledException)
        {
            // The target is gone, or slow: the transfer itself says so where it matters.
        }
    }
}
