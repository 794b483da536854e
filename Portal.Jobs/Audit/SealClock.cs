using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.EventStore;
using Portal.Jobs.Audit.Places;

namespace Portal.Jobs.Audit;

/// <summary>Seals what happened, every minute in which something did and whenever a node asks for it, and has each seal taken to
/// the places off the machine.</summary>
public sealed class SealClock(
    EventStoreDatabase events, SealKey key, SealSettings settings, SealCarriers carriers, TimeProvider time,
    ILogger<SealClock> logger) : BackgroundService
{
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
                await SealAsync(stoppingToken);
            }
            // The next round makes up for it.
            catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException or FormatException)
            {
                logger.LogWarning("What happened could not be sealed: {Fault}", fault.Message);
            }
        }
    }

    /// <summary>Seals what waits, and waits until it is taken to every place that can be reached.</summary>
    /// <returns>How many seals were made.</returns>
    public async Task<int> RoundAsync(CancellationToken cancel)
    {
        var made = await SealAsync(cancel);
        await carriers.CarryAsync(cancel);
        return made;
    }

    private async Task<int> SealAsync(CancellationToken cancel)
    {
        var made = await events.SealAsync(key, time.GetUtcNow(), cancel);
        if (made.Count > 0) carriers.Wake();
        return made.Count;
    }

    private static Task Tick(PeriodicTimer timer, CancellationToken cancel) => timer.WaitForNextTickAsync(cancel).AsTask();
}
