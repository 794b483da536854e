using Amazon.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Domain.Audit;
using Portal.EventStore;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Audit.Places;

/// <summary>How a place stands.</summary>
/// <param name="Place">Its name.</param>
/// <param name="Taken">The last seal that lies there, as far as is known.</param>
/// <param name="Fault">What is in the way now; null where nothing is.</param>
public sealed record SealPlaceState(string Place, long Taken, SealPlaceFault? Fault);

/// <summary>Takes every seal to every place, in order. Each place is served by itself: one that cannot be reached is tried again
/// after growing pauses until it has them all, and keeps neither sealing nor the others waiting. How each stands is kept where
/// all nodes see it.</summary>
/// <param name="events">The store, with the seals.</param>
/// <param name="places">The places.</param>
/// <param name="table">Keeps how they stand.</param>
/// <param name="settings">How often is looked.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where faults are told, too.</param>
public sealed class SealCarriers(
    EventStoreDatabase events, IReadOnlyList<ISealPlace> places, SealPlaceTable table, SealSettings settings, TimeProvider time,
    ILogger<SealCarriers> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2), LongestPause = TimeSpan.FromMinutes(10);

    private readonly Carrier[] carriers = [.. places.Select(place => new Carrier(events, place, table, time, logger))];
    private TaskCompletionSource made = New();

    /// <summary>How each place stands.</summary>
    public IReadOnlyList<SealPlaceState> States => [.. carriers.Select(carrier => carrier.State)];

    /// <summary>Says that there is a new seal.</summary>
    public void Wake() => Interlocked.Exchange(ref made, New()).TrySetResult();

    /// <summary>Takes to each place what it lacks; what fails is told in the log.</summary>
    public Task CarryAsync(CancellationToken cancel) => Task.WhenAll(carriers.Select(carrier => carrier.CarryAsync(cancel)));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await table.KeepAsync([.. places.Select(place => place.Name)], stoppingToken);
        }
        catch (NpgsqlException fault)
        {
            // What is left of places that are configured no longer is forgotten by itself, a while later.
            logger.LogWarning("Places of seals that are configured no longer could not be forgotten: {Fault}", fault.Message);
        }
        await Task.WhenAll(carriers.Select(carrier => ServeAsync(carrier, stoppingToken)));
    }

    private async Task ServeAsync(Carrier carrier, CancellationToken cancel)
    {
        for (var pause = FirstPause; ;)
        {
            var news = Volatile.Read(ref made).Task;
            var well = await carrier.CarryAsync(cancel);
            // Other nodes seal, too: their seals are looked for once a round.
            if (well) await Task.WhenAny(news, Task.Delay(settings.Every, time, cancel));
            else await Task.Delay(pause, time, cancel);
            cancel.ThrowIfCancellationRequested();
            pause = well ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Carrier(
        EventStoreDatabase events, ISealPlace place, SealPlaceTable table, TimeProvider time, ILogger logger)
    {
        private readonly SemaphoreSlim turn = new(1);
        private long? taken;
        private SealPlaceFault? fault;

        public SealPlaceState State => new(place.Name, taken ?? 0, fault);

        public async Task<bool> CarryAsync(CancellationToken cancel)
        {
            await turn.WaitAsync(cancel);
            try
            {
                if (await events.LastSealAsync(cancel) is not { } last) return true;
                await foreach (var seal in events.SealsAsync(taken ??= await place.HighestAsync(last.Number, cancel), cancel))
                {
                    await place.WriteAsync(seal, cancel);
                    taken = Seal.Parse(seal.Text).Number;
                }
                if (fault is not null)
                    logger.LogInformation("The seals are in {Place} again, up to number {Number}.", place.Name, taken);
                fault = null;
                await NoteAsync(cancel);
                return true;
            }
            catch (Exception error) when (!cancel.IsCancellationRequested && error is NpgsqlException or IOException
                or UnauthorizedAccessException or FormatException or HttpRequestException or AmazonClientException
                or AmazonServiceException or PlaceException or OperationCanceledException or TimeoutException)
            {
                taken = null;
                fault = new(SealPlaceFaults.KindOf(error), SealPlaceFaults.Reason(error), fault?.Since ?? time.GetUtcNow());
                logger.LogWarning("Seals could not be taken to {Place}: {Fault} It is tried again.", place.Name, fault.Message);
                await NoteAsync(cancel);
                return false;
            }
            finally
            {
                turn.Release();
            }
        }

        private async Task NoteAsync(CancellationToken cancel)
        {
            try
            {
                await table.NoteAsync(State, cancel);
            }
            // The next round makes up for it; without the database nothing is well anyway.
            catch (Exception error) when (error is NpgsqlException or TimeoutException)
            {
                logger.LogWarning("How {Place} stands could not be kept: {Fault}", place.Name, error.Message);
            }
        }
    }
}
