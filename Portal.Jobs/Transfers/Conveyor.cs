using System.Buffers;
using Portal.Jobs.Transfers.Hashing;

namespace Portal.Jobs.Transfers;

/// <summary>Carries a source's bytes through the hash to whoever reads this stream, one pooled buffer at a time: the pipes on both sides
/// keep source and target busy meanwhile. Bytes to be skipped are hashed and not given out: they lie at the target already. When the
/// source fails, the stream ends as if it were whole, so that the target keeps all that came; <see cref="Fault"/> tells.</summary>
internal sealed class Conveyor : Stream
{
    private const int BufferBytes = 1 << 19, Few = 1 << 18, MarksKept = 48;
    private static readonly TimeSpan Filling = TimeSpan.FromMilliseconds(1);

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private readonly Stream source;
    private readonly ResumableSha256 hash;
    private readonly long skip;
    private readonly CancellationTokenSource stop;
    private readonly Lock gate = new();
    private readonly LinkedList<HashMark> marks = [];
    private ReadOnlyMemory<byte> present;
    private bool few, over;

    /// <summary>Takes the source over; <paramref name="cancel"/> stops it at once.</summary>
    public Conveyor(Stream source, ResumableSha256 hash, long skip, CancellationToken cancel)
    {
        (this.source, this.hash, this.skip, Delivered) = (source, hash, skip, skip);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    }

    /// <summary>What the source failed with; null when it gave all it had.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The hash of all that came, once the stream has ended.</summary>
    public string Hex => hash.Hex();

    /// <summary>Bytes given out, those skipped included.</summary>
    public long Delivered { get; private set; }

    /// <summary>The hash's states at the ends of the buffers given out last.</summary>
    public IReadOnlyList<HashMark> Marks
    {
        get
        {
            lock (gate) return [.. marks];
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || !await AnyAsync(cancellationToken)) return 0;
        var count = Math.Min(buffer.Length, present.Length);
        present[..count].CopyTo(buffer);
        Given(count);
        return count;
    }

    /// <summary>Gives the buffers out as they are, without copying them once more.</summary>
    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        while (await AnyAsync(cancellationToken))
        {
            await destination.WriteAsync(present, cancellationToken);
            Given(present.Length);
        }
    }

    private void Given(int count)
    {
        Delivered += count;
        present = present[count..];
        if (!present.IsEmpty) return;
        lock (gate)
        {
            marks.AddLast(hash.Mark());
            if (marks.Count > MarksKept) marks.RemoveFirst();
        }
    }

    // False at the end. The source is stopped by the token that it was taken over with.
    private async ValueTask<bool> AnyAsync(CancellationToken cancel)
    {
        while (present.IsEmpty && !over)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                // A fast source is left a moment to fill its pipe: reading it in small pieces would cost more than it brings.
                if (few) await Task.Delay(Filling, stop.Token);
                var count = await source.ReadAsync(buffer, stop.Token);
                few = count < Few;
                over = count == 0;
                var known = (int)Math.Clamp(skip - hash.Length, 0, count);
                hash.Append(buffer.AsSpan(0, count));
                present = buffer.AsMemory(known, count - known);
            }
            catch (Exception fault)
            {
                (Fault, over) = (fault, true);
            }
        }
        return !present.IsEmpty;
    }

    public override async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await source.DisposeAsync();
        stop.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, default).GetAwaiter().GetResult();

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
