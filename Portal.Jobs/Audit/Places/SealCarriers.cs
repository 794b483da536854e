using Amazon.Runtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.EventStore;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Audit.Places;

/// <summary>How a place stands.</summary>
/// <param name="Place">Its name.</param>
/// <param name="Taken">The last seal that lies there, as far as is known.</param>
/// <param name="Fault">What is in the way now; null where nothing is.</param>
public sealed record SealPlaceState(string Place, long Taken, string? Fault);

/// <summary>Takes every seal to every place, in order. Each place is served by itself: one that cannot be reached is tried again
/// after growing pauses until it has them all, and keeps neither sealing nor the others waiting.</summary>
public sealed class SealCarriers(
    EventStoreDatabase events, IReadOnlyList<ISealPlace> places, SealSettings settings, TimeProvider time,
    ILogger<SealCarriers> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2), LongestPause = TimeSpan.FromMinutes(10);

    private readonly Carrier[] carriers = [.. places.Select(place => new Carrier(events, place, logger))];
    private TaskCompletionSource made = New();

    /// <summary>How each place stands.</summary>
    public IReadOnlyList<SealPlaceState> States => [.. carriers.Select(carrier => carrier.State)];

    /// <summary>Says that there is a new seal.</summary>
    public void Wake() => Interlocked.Exchange(ref made, New()).TrySetResult();

    /// <summary>Takes to each place what it lacks; what fails is told in the log.</summary>
    public Task CarryAsync(CancellationToken cancel) => Task.WhenAll(carriers.Select(carrier => carrier.CarryAsync(cancel)));

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(carriers.Select(carrier => ServeAsync(carrier, stoppingToken)));

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

    private sealed class Carrier(EventStoreDatabase events, ISealPlace place, ILogger logger)
    {
        private readonly SemaphoreSlim turn = new(1);
        private long? taken;
        private string? fault;

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
                return true;
            }
            catch (Exception error) when (!cancel.IsCancellationRequested && error is NpgsqlException or IOException
                or UnauthorizedAccessException or FormatException or HttpRequestException or AmazonClientException
                or AmazonServiceException or PlaceException or OperationCanceledException or TimeoutException)
            {
                (taken, fault) = (null, error.Message);
                logger.LogWarning("Seals could not be taken to {Place}: {Fault} It is tried again.", place.Name, Reason(error));
                return false;
            }
            finally
            {
                turn.Release();
            }
        }

        private static string Reason(Exception error) =>
            error.GetBaseException() is PlaceException refused ? refused.Failure.Message : error.Message;
    }
}
