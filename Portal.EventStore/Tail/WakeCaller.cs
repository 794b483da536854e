using Microsoft.Extensions.Logging;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Calls when other nodes append: one connection that listens, and a clock beside it, since a notification may be
/// lost with its connection. The clock alone would do, a second late.</summary>
internal sealed class WakeCaller(string connectionString, Wake wake, Wake sealing, TimeProvider time, ILogger log)
{
    /// <summary>What a notification says when a seal is asked for.</summary>
    public const string Seal = "seal";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(TickAsync(cancel), ListenAsync(cancel));

    private async Task TickAsync(CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
                wake.Pulse();
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task ListenAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await ListenOnceAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
            {
                log.LogWarning("The connection that listens for new events broke and is made anew: {Cause}", error.Message);
                await Task.WhenAny(wake.Next, Task.Delay(Interval, time, CancellationToken.None));
            }
        }
    }

    private async Task ListenOnceAsync(CancellationToken cancel)
    {
        // Not of the pool, so that the subscription ends with it.
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            KeepAlive = 30,
            ApplicationName = "portal tail",
        };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancel);
        connection.Notification += (_, told) => (told.Payload == Seal ? sealing : wake).Pulse();
        await using (var listen = new NpgsqlCommand("listen portal_events", connection))
            await listen.ExecuteNonQueryAsync(cancel);
        wake.Pulse();
        while (true)
            await connection.WaitAsync(cancel);
    }
}
