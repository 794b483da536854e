using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>The bytes of a file as curl brings them. The end is only told once curl has ended well; otherwise reading throws.</summary>
internal sealed class CurlReadStream(
    CurlProcess first, Func<CancellationToken, CurlProcess> fromStart, long offset, Func<CurlOutcome, PlaceException> fault) : ForwardStream
{
    private const int CannotResume = 33;
    private CurlProcess curl = first;
    private bool any;
    private byte[] waste = [];

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
            if (IsWhole(outcome)) return 0;
            for (var left = await StartAgainAsync(cancellationToken); left > 0;)
            {
                var passed = await ReadAsync(waste.AsMemory(0, (int)Math.Min(waste.Length, left)), cancellationToken);
                if (passed == 0) return 0;
                left -= passed;
            }
        }
    }

    /// <summary>The same by calls that block; closing the stream ends them.</summary>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = curl.Output.Read(buffer);
            any |= count > 0;
            if (count > 0) return count;
            if (IsWhole(curl.Ended.GetAwaiter().GetResult())) return 0;
            for (var left = StartAgainAsync(CancellationToken.None).GetAwaiter().GetResult(); left > 0;)
            {
                var passed = Read(waste.AsSpan(0, (int)Math.Min(waste.Length, left)));
                if (passed == 0) return 0;
                left -= passed;
            }
        }
        return 0;
    }

    // False when it has to begin again: a server without ranges (RFC 9110, section 14) gives all of it or nothing.
    private bool IsWhole(CurlOutcome outcome) =>
        outcome.ExitCode == 0 || (outcome.ExitCode == CannotResume && !any && offset > 0 ? false : throw fault(outcome));

    /// <summary>Asks for all of it; how many bytes of that are there already and to be passed over.</summary>
    private async Task<long> StartAgainAsync(CancellationToken cancel)
    {
        await curl.DisposeAsync();
        curl = fromStart(cancel);
        waste = new byte[1 << 16];
        var left = offset;
        offset = 0;
        return left;
    }

    public override ValueTask DisposeAsync() => curl.DisposeAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing) curl.Kill();
        base.Dispose(disposing);
    }
}
