using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.EventStore;

namespace Portal.Jobs.Audit;

/// <summary>Seals what happened, every minute in which something did, and takes each seal to the folder off the machine. What
/// could not be taken there is taken in a later round.</summary>
public sealed class SealClock(
    EventStoreDatabase events, SealKey key, SealSettings settings, TimeProvider time, ILogger<SealClock> logger)
    : BackgroundService
{
    // The last seal that lies in the folder; null where that has to be looked up.
    private long? taken;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Every, time);
        // Which comes first: the minute, or a node that asks.
        for (var (asked, tick) = (events.SealAsked, Tick(timer, stoppingToken)); ; asked = events.SealAsked)
        {
            await Task.WhenAny(tick, asked).WaitAsync(stoppingToken);
            if (tick.IsCompleted) tick = Tick(timer, stoppingToken);
            try
            {
                await RoundAsync(stoppingToken);
            }
            // The next round makes up for it.
            catch (Exception fault)
                when (fault is NpgsqlException or IOException or UnauthorizedAccessException or FormatException)
            {
                taken = null;
                logger.LogWarning("What happened could not be sealed, or a seal not be taken away: {Fault}", fault.Message);
            }
        }
    }

    /// <summary>Seals what waits, and takes away every seal that is not in the folder yet.</summary>
    /// <returns>How many seals were made.</returns>
    public async Task<int> RoundAsync(CancellationToken cancel)
    {
        var made = await events.SealAsync(key, time.GetUtcNow(), cancel);
        if (settings.Folder.Length == 0) return made.Count;
        var folder = new SealFolder(settings.Folder);
        await foreach (var seal in events.SealsAsync(taken ??= folder.Highest(), cancel))
        {
            await folder.WriteAsync(seal, cancel);
            taken = Seal.Parse(seal.Text).Number;
        }
        return made.Count;
    }

    private static Task Tick(PeriodicTimer timer, CancellationToken cancel) => timer.WaitForNextTickAsync(cancel).AsTask();
}
