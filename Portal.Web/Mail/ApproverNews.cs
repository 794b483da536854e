using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Web.Mail;

/// <summary>Tells approvers by mail that runs wait for them: as soon as one does, and of what was left out since they were told
/// last a while later.</summary>
public sealed class ApproverNews(
    IEventTail tail, IDocuments documents, AwaitedApprovers awaited, Outbox outbox, ILogger<ApproverNews> logger)
    : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(FollowAsync(stoppingToken), RoundsAsync(stoppingToken));

    private async Task RoundsAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Round);
        do await TellAsync(cancel);
        while (await timer.WaitForNextTickAsync(cancel));
    }

    private async Task FollowAsync(CancellationToken cancel)
    {
        await foreach (var batch in tail.FollowAsync(null, cancel))
        {
            if (batch.LastOrDefault(recorded => recorded.Body is ApprovalAsked) is not { } asked) continue;
            await documents.CaughtUpAsync<RunView>(asked.Position, cancel);
            await TellAsync(cancel);
        }
    }

    private async Task TellAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var one in await awaited.ListAsync(null, cancel)) await outbox.PutAsync(one, cancel);
        }
        // The next round tells them.
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            logger.LogWarning("Approvers could not be told that runs wait: {Fault}", fault.Message);
        }
    }
}
