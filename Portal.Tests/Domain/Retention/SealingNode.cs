using Portal.EventStore;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Retention;

/// <summary>Seals whatever happens in a portal that does no work, as a worker beside it would.</summary>
internal sealed class SealingNode : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;

    public SealingNode(SchemaGround ground)
    {
        var keys = Directory.CreateDirectory(Path.Combine(ground.Portal.Folder, "keys"));
        var key = SealKey.LoadOrCreate(Path.Combine(keys.FullName, "seals.pem"));
        running = SealAsync(ground.Get<EventStoreDatabase>(), key, stop.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    private static async Task SealAsync(EventStoreDatabase events, SealKey key, CancellationToken cancel)
    {
        using (key)
            await foreach (var _ in events.Tail.FollowAsync(0, cancel)) await events.SealAsync(key, DateTimeOffset.UtcNow, cancel);
    }
}
