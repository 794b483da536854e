using System.Buffers;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>The bytes of a file as curl brings them. The end is only told once curl has ended well; otherwise reading throws.</summary>
internal sealed class CurlReadStream(
    CurlProcess first, Func<CancellationToken, Task<CurlProcess>> fromStart, long offset, Func<CurlOutcome, PlaceException> fault) : ForwardStream
{
    private const int CannotResume = 33;
    private CurlProcess curl = first;
    private bool any;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        while (true)
        {
            var running = curl;
            await using var killed = cancellationToken.Register(running.Kill);
            var count = await running.Output.ReadAsync(buffer, CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            any |= count > 0;
            if (count > 0) return count;
            var outcome = await running.Ended;
            cancellationToken.ThrowIfCancellationRequested();
            if (outcome.ExitCode == 0) return 0;
            if (outcome.ExitCode != CannotResume || any || offset == 0) throw fault(outcome);
            await RestartAsync(cancellationToken);
        }
    }

    // A server without ranges (RFC 9110, section 14) gives all of it again: what is there already is passed over.
    private async Task RestartAsync(CancellationToken cancel)
    {
        await curl.DisposeAsync();
        curl = await fromStart(cancel);
        var left = offset;
        offset = 0;
        var waste = ArrayPool<byte>.Shared.Rent(1 << 16);
        try
        {
            while (left > 0)
            {
                var count = await ReadAsync(waste.AsMemory(0, (int)Math.Min(waste.Length, left)), cancel);
                if (count == 0) return;
                left -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(waste);
        }
    }

    public override ValueTask DisposeAsync() => curl.DisposeAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing) curl.Kill();
        base.Dispose(disposing);
    }
}
