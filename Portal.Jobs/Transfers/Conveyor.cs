using Portal.Jobs.Sites;
using Portal.Jobs.Transfers.Hashing;

namespace Portal.Jobs.Transfers;

/// <summary>Carries a source's bytes through the hash to whoever reads this stream, one buffer at a time: the pipes on both sides
/// keep source and target busy meanwhile. Bytes to be skipped are hashed and not given out: they lie at the target already. When the
/// source fails, the stream ends as if it were whole, so that the target keeps all that came; <see cref="Fault"/> tells.</summary>
/// <remarks>It reads and writes by calls that block, so whoever carries much gives it a thread of its own (<see cref="Bulk"/>).</remarks>
internal sealed class Conveyor : ForwardStream
{
    private const int BufferBytes = 1 << 17, Few = 1 << 16, MarksKept = 48, MarkBytes = 1 << 19;
    private static readonly TimeSpan Filling = TimeSpan.FromMilliseconds(1);

    // Not of a pool: a write that was given up may still be reading it.
    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
    private readonly Stream source;
    private readonly ResumableSha256 hash;
    private readonly long skip;
    private readonly CancellationTokenSource stop;
    private readonly CancellationTokenRegistration stopping;
    private readonly Lock gate = new();
    private readonly LinkedList<HashMark> marks = [];
    private ReadOnlyMemory<byte> present;
    private bool few, over;

    /// <summary>Takes the source over; <paramref name="cancel"/> stops it at once.</summary>
    public Conveyor(Stream source, ResumableSha256 hash, long skip, CancellationToken cancel)
    {
        (this.source, this.hash, this.skip, Delivered) = (source, hash, skip, skip);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stopping = stop.Token.Register(static taken => ((Stream)taken!).Dispose(), source);
    }

    /// <summary>What the source failed with; null when it gave all it had.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The hash of all that came, once the stream has ended.</summary>
    public string Hex => hash.Hex();

    /// <summary>Bytes given out, those skipped included.</summary>
    public long Delivered { get; private set; }

    /// <summary>The hash's states at some of the bytes given out last, half a mebibyte apart, and at the last one.</summary>
    public IReadOnlyList<HashMark> Marks
    {
        get
        {
            lock (gate) return [.. marks];
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || !Any()) return 0;
        var count = Math.Min(buffer.Length, present.Length);
        present.Span[..count].CopyTo(buffer);
        Given(count);
        return count;
    }

    /// <summary>Gives the buffers out as they are, without copying them once more.</summary>
    public override void CopyTo(Stream destination, int bufferSize)
    {
        while (Any())
        {
            destination.Write(present.Span);
            Given(present.Length);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await Task.Run(() => Read(buffer.Span), cancellationToken);

    private void Given(int count)
    {
        Delivered += count;
        present = present[count..];
        if (!present.IsEmpty) return;
        lock (gate)
        {
            if (marks.Last?.Previous is { } before && hash.Length - before.Value.Length < MarkBytes) marks.RemoveLast();
            marks.AddLast(hash.Mark());
            if (marks.Count > MarksKept) marks.RemoveFirst();
        }
    }

    private bool Any()
    {
        while (present.IsEmpty && !over)
        {
            try
            {
                stop.Token.ThrowIfCancellationRequested();
                // A fast source is left a moment to fill its pipe: reading it in small pieces would cost more than it brings.
                if (few) stop.Token.WaitHandle.WaitOne(Filling);
                var count = source.Read(buffer);
                few = count < Few;
                over = count == 0;
                var known = (int)Math.Clamp(skip - hash.Length, 0, count);
                hash.Append(buffer.AsSpan(0, count));
                present = buffer.AsMemory(known, count - known);
            }
            catch (Exception fault)
            {
                (Fault, over) = (stop.IsCancellationRequested ? new OperationCanceledException(stop.Token) : fault, true);
            }
        }
        return !present.IsEmpty;
    }

    public override async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await source.DisposeAsync();
        await stopping.DisposeAsync();
        stop.Dispose();
    }
}
