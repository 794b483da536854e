using System.Threading.Channels;

namespace Portal.EventStore;

/// <summary>One reader of the tail: a bounded buffer of batches. When it is full, the subscription ends, and its reader takes
/// what it misses from the table.</summary>
internal sealed class Subscription
{
    private const int Buffered = 64;

    private readonly Channel<IReadOnlyList<Placed>> channel = Channel.CreateBounded<IReadOnlyList<Placed>>(
        new BoundedChannelOptions(Buffered) { SingleWriter = true, SingleReader = true });

    private readonly TaskCompletionSource<EventOrder> joined = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The place from which on everything comes through the buffer.</summary>
    public Task<EventOrder> Joined => joined.Task;

    public ChannelReader<IReadOnlyList<Placed>> Batches => channel.Reader;

    public void Join(EventOrder head) => joined.TrySetResult(head);

    /// <summary>False when the buffer is full and the subscription over.</summary>
    public bool Offer(IReadOnlyList<Placed> batch)
    {
        if (channel.Writer.TryWrite(batch))
            return true;
        channel.Writer.TryComplete();
        return false;
    }

    public void End()
    {
        joined.TrySetResult(EventOrder.Start);
        channel.Writer.TryComplete();
    }
}
