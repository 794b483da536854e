using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Retention;

namespace Portal.Jobs.Retention;

/// <summary>Archives once a day what ended long enough ago. All workers have one; a turn lets one at a time archive, and the others
/// find nothing left.</summary>
public sealed class ArchiveClock(
    ArchivableRuns runs, IChance chance, ArchiveSettings settings, TimeProvider time, ILogger<ArchiveClock> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromDays(1), time);
        do
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            // The next day makes up for it.
            catch (Exception fault) when (fault is NpgsqlException or IOException or TimeoutException)
            {
                logger.LogWarning("Nothing could be archived: {Fault}", fault.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Archives what there is to archive now.</summary>
    /// <returns>How many archives were made.</returns>
    public async Task<int> RoundAsync(CancellationToken cancel)
    {
        var before = chance.Now.AddDays(-settings.After!.Value);
        var made = await runs.ArchiveAsync(Caller.Worker(chance.NewGuid()), before, int.MaxValue, cancel);
        if (!made.Ok)
        {
            logger.LogWarning("Nothing could be archived: {Fault} {Advice}", made.Problems[0].Message, made.Problems[0].Advice);
            return 0;
        }
        foreach (var archive in made.Value)
            logger.LogInformation("{Runs} runs were archived to {File}.", archive.Streams, archive.File);
        return made.Value.Count;
    }
}
