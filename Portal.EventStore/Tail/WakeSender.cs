using Microsoft.Extensions.Logging;
using Npgsql;

namespace Portal.EventStore;

/// <summary>Tells other nodes that something was appended, shortly after the commit and once for many. Not in the appending
/// transaction: a commit that notifies holds a lock of the whole database while it waits for the disk, so that no two of
/// them could share a write.</summary>
internal sealed class WakeSender(NpgsqlDataSource source, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Wake appended = new();

    public void Appended() => appended.Pulse();

    public async Task RunAsync(CancellationToken cancel)
    {
        for (var next = appended.Next; ;)
        {
            try
            {
                await next.WaitAsync(cancel);
                next = appended.Next;
                await SendAsync(cancel);
                await Task.Delay(Interval, time, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
            {
                // The others look every second anyway.
                log.LogDebug("Other nodes could not be told of new events: {Cause}", error.Message);
            }
        }
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection)
        {
            // One implicit transaction; it has nothing that would have to last.
            BatchCommands = { new("set local synchronous_commit = off"), new("notify portal_events") },
        };
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
