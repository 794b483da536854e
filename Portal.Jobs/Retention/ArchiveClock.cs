using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Domain.Common;
using Portal.Domain.Retention;
using Portal.EventStore;

namespace Portal.Jobs.Retention;

/// <summary>Archives once a day what ended long enough ago. All workers have one; a turn lets one at a time archive, and the others
/// find nothing left.</summary>
public sealed class ArchiveClock(
    ArchivableRuns runs, ArchivableNotes notes, IChance chance, ArchiveSettings settings, TimeProvider time,
    ILogger<ArchiveClock> logger) : BackgroundService
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
        var worker = Caller.Worker(chance.NewGuid());
        return Told(await runs.ArchiveAsync(worker, before, int.MaxValue, cancel))
            + Told(await notes.ArchiveAsync(worker, before, int.MaxValue, cancel));
    }

    private int Told(Result<IReadOnlyList<StreamsArchived>> made)
    {
        if (!made.Ok)
        {
            logger.LogWarning("Nothing could be archived: {Fault} {Advice}", made.Problems[0].Message, made.Problems[0].Advice);
            return 0;
        }
        foreach (var archive in made.Value)
            logger.LogInformation(
                "{Streams} {What} were archived to {File}.", archive.Streams, archive.What ?? "runs", archive.File);
        return made.Value.Count;
    }
}
