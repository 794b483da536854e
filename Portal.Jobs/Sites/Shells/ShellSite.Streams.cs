using System.Globalization;
using System.Text;
using Portal.Domain.Runs;

namespace Portal.Jobs.Sites.Shells;

internal sealed partial class ShellSite
{
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
