using System.Globalization;
using System.Text;
using Portal.Domain.Runs;

namespace Portal.Jobs.Sites.Shells;

internal sealed partial class ShellSite
{
    private const int BufferBytes = 1 << 20;

    /// <inheritdoc/>
    public async Task<Stream> ReadAsync(string path, long offset, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var mark = Wire.Mark();
        // dd moves the shared file position and reads nothing; cat goes on from there with large blocks.
        var script = $"LC_ALL=C; export LC_ALL; f={Shell.Quote(Plain(path))}; if [ -d \"$f\" ]; then printf %s {mark}; "
            + "echo folder; exit 21; fi; "
            + $"exec <\"$f\"; s=$(wc -c <\"$f\"); printf '%s%s\\n' {mark} $((s)); "
            + (offset == 0 ? "" : Invariant($"[ $((s)) -ge {offset} ] || exit 22; dd bs=1 skip={offset} count=0 2>/dev/null; "))
            + "exec cat";
        var channel = await channels.OpenAsync(script, cancel);
        try
        {
            var error = channel.ErrorTextAsync();
            var output = new MarkedOutput(channel.Output);
            var size = await output.SkipAsync(Encoding.ASCII.GetBytes(mark), cancel) ? await output.LineAsync(cancel) : null;
            if (size is null)
            {
                var code = await channel.ExitAsync(cancel);
                throw code == 255
                    ? Faults.Lost($"before {path} was read", kind: FaultKind.Transient, evidence: await error)
                    : Faults.Of(await error, path, code);
            }
            if (size == "folder") throw Faults.Of("Is a directory", path, 0);
            if (offset > long.Parse(size, CultureInfo.InvariantCulture))
                throw new PlaceException(FaultKind.Final, new(FailureName.IntegrityMismatch,
                    $"{path} has become shorter than what was read of it.", $"size {size}, asked from {offset}"));
            return new ReadStream(channel, error, output.Rest, path);
        }
        catch
        {
            await channel.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<string?> AppendAsync(string path, long offset, Stream content, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        var mark = Wire.Mark();
        var begin = offset == 0
            ? "mkdir -p -- \"$(dirname -- \"$f\")\" && : >\"$f\" || exit 23; "
            : Invariant($"s=$(wc -c <\"$f\") || exit 23; if [ $((s)) -ne {offset} ]; then printf '%s%s\\n' {mark} \"size $((s))\"; exit 24; fi; ");
        var script = $"LC_ALL=C; export LC_ALL; f={Shell.Quote(Plain(path))}; {begin}printf '%s%s\\n' {mark} ready; "
            + $"cat >>\"$f\" || exit 25; s=$(wc -c <\"$f\"); printf '%s%s\\n' {mark} $((s))";
        await using var channel = await channels.OpenAsync(script, cancel);
        var error = channel.ErrorTextAsync();
        var output = new MarkedOutput(channel.Output);
        var bytes = Encoding.ASCII.GetBytes(mark);
        var answer = await output.SkipAsync(bytes, cancel) ? await output.LineAsync(cancel) : null;
        if (answer is null)
        {
            var code = await channel.ExitAsync(cancel);
            throw code == 255
                ? Faults.Lost($"before {path} was written", kind: FaultKind.Transient, evidence: await error)
                : Faults.Of(await error, path, code);
        }
        if (answer != "ready")
            throw new PlaceException(FaultKind.Transient, new(FailureName.IntegrityMismatch,
                $"{path} is not as long as expected; it is looked at again before anything is written.", $"{answer}, expected {offset}"));
        var (sent, broken) = await SendAsync(channel, content, cancel);
        var final = await output.SkipAsync(bytes, cancel) ? await output.LineAsync(cancel) : null;
        if (final is null)
        {
            var code = await channel.ExitAsync(cancel);
            throw code == 255
                ? Faults.Lost($"while {path} was written", broken, evidence: await error)
                : Faults.Of(await error, path, code);
        }
        if (long.Parse(final, CultureInfo.InvariantCulture) != offset + sent)
            throw new PlaceException(FaultKind.Unknown, new(FailureName.IntegrityMismatch,
                $"{path} did not grow by what was sent.", $"size {final}, expected {offset + sent}"));
        // Hashing on the way (tee into sha256sum) costs four fifths of the rate; who wants the hash asks for it afterwards.
        return null;
    }

    private static async Task<(long Sent, IOException? Broken)> SendAsync(Channel channel, Stream content, CancellationToken cancel)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long sent = 0;
            int read;
            while ((read = await content.ReadAsync(buffer, cancel)) > 0)
            {
                try
                {
                    await channel.Input.WriteAsync(buffer.AsMemory(0, read), cancel);
                }
                catch (IOException fault)
                {
                    return (sent, fault);
                }
                sent += read;
            }
            await channel.Input.DisposeAsync();
            return (sent, null);
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public async Task<string?> HashAsync(string path, long? length, CancellationToken cancel)
    {
        // A stream of its own: hashing takes as long as reading does, and must not hold a shell that commands wait for.
        var mark = Wire.Mark();
        var script = $"LC_ALL=C; export LC_ALL; exec <{Shell.Quote(Plain(path))}; printf %s {mark}; "
            // openssl uses the processor's instructions for it, which many builds of sha256sum do not.
            + "h=sha256sum; if command -v openssl >/dev/null; then h='openssl dgst -sha256 -r'; fi; "
            + (length is { } most ? Invariant($"head -c {most} | $h") : "$h");
        await using var channel = await channels.OpenAsync(script, cancel);
        var error = channel.ErrorTextAsync();
        var output = new MarkedOutput(channel.Output);
        var line = await output.SkipAsync(Encoding.ASCII.GetBytes(mark), cancel) ? await output.LineAsync(cancel) : null;
        if (line is { Length: >= 64 }) return line[..64];
        return await channel.ExitAsync(cancel) switch
        {
            127 => null,
            255 => throw Faults.Lost($"while {path} was hashed", kind: FaultKind.Transient, evidence: await error),
            var code => throw Faults.Of(await error, path, code),
        };
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
