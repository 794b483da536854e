using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>The bytes of a file as curl brings them. The end is only told once curl has ended well; otherwise reading throws.</summary>
internal sealed class CurlReadStream(
    CurlConnection connection, CurlProcess first, CurlTarget target, string path, long offset) : ForwardStream
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
            if (outcome.ExitCode == 0) return 0;
            for (var left = await StartAgainAsync(outcome, cancellationToken); left > 0;)
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
            var outcome = curl.Ended.GetAwaiter().GetResult();
            if (outcome.ExitCode == 0) return 0;
            for (var left = StartAgainAsync(outcome, CancellationToken.None).GetAwaiter().GetResult(); left > 0;)
            {
                var passed = Read(waste.AsSpan(0, (int)Math.Min(waste.Length, left)));
                if (passed == 0) return 0;
                left -= passed;
            }
        }
        return 0;
    }

    /// <summary>Goes on where a redirect leads to, or from the start at a server without ranges (RFC 9110, section 14), which
    /// gives all of it or nothing; how many bytes of that are there already and to be passed over.</summary>
    private async Task<long> StartAgainAsync(CurlOutcome outcome, CancellationToken cancel)
    {
        var next = any ? null : target.Next(outcome);
        if (next is null && (outcome.ExitCode != CannotResume || any || offset == 0)) throw connection.Fault(outcome, path);
        await curl.DisposeAsync();
        var left = next is null ? offset : 0;
        if (next is null)
        {
            waste = new byte[1 << 16];
            offset = 0;
        }
        else target = next;
        curl = await connection.StartReadingAsync(target, offset, cancel);
        return left;
    }

    public override ValueTask DisposeAsync() => curl.DisposeAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing) curl.Kill();
        base.Dispose(disposing);
    }
}
