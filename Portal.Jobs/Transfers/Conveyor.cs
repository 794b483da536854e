using System.Buffers;
using System.Threading.Channels;
using Portal.Jobs.Transfers.Hashing;

namespace Portal.Jobs.Transfers;

/// <summary>Carries a source's bytes through the hash to whoever reads this stream: reading, hashing and sending go on at the same
/// time, a few pooled buffers apart, and whoever is slow holds the others back. Bytes to be skipped are hashed
/// and not given out: they lie at the target already. When the source fails, the stream ends as if it were whole, so that the
/// target keeps all that came; <see cref="Fault"/> tells.</summary>
internal sealed class Conveyor : Stream
{
    private const int BufferBytes = 1 << 19, Few = 1 << 16, Buffers = 4, MarksKept = 48;
    private static readonly TimeSpan Filling = TimeSpan.FromMilliseconds(1);

    private readonly record struct Load(byte[] Bytes, int Start, int Count, HashMark? Mark);

    private readonly Channel<Load> raw = Channel.CreateBounded<Load>(Buffers), hashed = Channel.CreateBounded<Load>(Buffers);
    private readonly Stream source;
    private readonly ResumableSha256 hash;
    private readonly long skip;
    private readonly CancellationTokenSource stop;
    private readonly Lock gate = new();
    private readonly LinkedList<HashMark> marks = [];
    private Load present;
    private Task reading = Task.CompletedTask, hashing = Task.CompletedTask;
    private bool begun;

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
        Begin();
        if (present.Count == 0 && !await NextAsync(cancellationToken)) return 0;
        var count = Math.Min(buffer.Length, present.Count);
        present.Bytes.AsMemory(present.Start, count).CopyTo(buffer);
        present = present with { Start = present.Start + count, Count = present.Count - count };
        Delivered += count;
        if (present.Count == 0) Release();
        return count;
    }

    /// <summary>Gives the buffers out as they are, without copying them once more.</summary>
    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        Begin();
        while (present.Count > 0 || await NextAsync(cancellationToken))
        {
            await destination.WriteAsync(present.Bytes.AsMemory(present.Start, present.Count), cancellationToken);
            Delivered += present.Count;
            present = present with { Count = 0 };
            Release();
        }
    }

    private void Begin()
    {
        if (begun) return;
        begun = true;
        reading = Task.Run(ReadSourceAsync, CancellationToken.None);
        hashing = Task.Run(HashAsync, CancellationToken.None);
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancel)
    {
        while (await hashed.Reader.WaitToReadAsync(cancel))
            if (hashed.Reader.TryRead(out present))
            {
                if (present.Count > 0) return true;
                Release();
            }
        await hashing;
        return false;
    }

    private void Release()
    {
        ArrayPool<byte>.Shared.Return(present.Bytes);
        if (present.Mark is not { } mark) return;
        lock (gate)
        {
            marks.AddLast(mark);
            if (marks.Count > MarksKept) marks.RemoveFirst();
        }
    }

    private async Task ReadSourceAsync()
    {
        try
        {
            while (true)
            {
                var bytes = ArrayPool<byte>.Shared.Rent(BufferBytes);
                var count = await source.ReadAsync(bytes, stop.Token);
                if (count == 0) ArrayPool<byte>.Shared.Return(bytes);
                if (count == 0) break;
                await raw.Writer.WriteAsync(new(bytes, 0, count, null), stop.Token);
                // A fast source is left a moment to fill its pipe: reading it in small pieces would cost more than it brings.
                if (count < Few) await Task.Delay(Filling, stop.Token);
            }
        }
        catch (Exception fault)
        {
            Fault = fault;
        }
        finally
        {
            raw.Writer.Complete();
        }
    }

    private async Task HashAsync()
    {
        try
        {
            await foreach (var load in raw.Reader.ReadAllAsync(stop.Token))
            {
                var known = (int)Math.Clamp(skip - hash.Length, 0, load.Count);
                hash.Append(load.Bytes.AsSpan(0, load.Count));
                await hashed.Writer.WriteAsync(new(load.Bytes, known, load.Count - known, hash.Mark()), stop.Token);
            }
        }
        catch (OperationCanceledException fault)
        {
            Fault = fault;
        }
        finally
        {
            hashed.Writer.Complete();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading;
        await hashing;
        await source.DisposeAsync();
        stop.Dispose();
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
