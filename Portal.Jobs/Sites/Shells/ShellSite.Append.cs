using System.Globalization;
using System.Text;
using Portal.Domain.Runs;

namespace Portal.Jobs.Sites.Shells;

internal sealed partial class ShellSite
{
    /// <summary>A content known to be this small is written without a hash: asking for it afterwards is as cheap.</summary>
    private const int SmallBytes = 1 << 20;

    // Reads, hashes and writes in one process: every byte is touched once. A wider pipe (fcntl(2), F_SETPIPE_SZ) that is
    // nearly empty is left a millisecond to fill, so that a fast stream comes in large pieces.
    private const string HashingCat = """
        import hashlib, os, sys, time
        h = hashlib.sha256()
        b = memoryview(bytearray(1 << 17))
        few = 0
        try:
            import fcntl
            few = fcntl.fcntl(0, 1031, 1 << 20) // 16
        except Exception:
            pass
        f = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)
        while True:
            k = os.readv(0, [b])
            if k == 0:
                break
            h.update(b[:k])
            w = 0
            while w < k:
                w += os.write(f, b[w:k])
            if k < few:
                time.sleep(0.001)
        os.close(f)
        print(h.hexdigest())
        """;

    /// <summary>So few bytes travel in a command: a channel of their own would cost more than they do.</summary>
    private const int FewBytes = 4 << 10;

    private string? _python;

    /// <inheritdoc/>
    public async Task<string?> AppendAsync(string path, long offset, Stream content, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (content.CanSeek && content.Length - content.Position <= FewBytes) return await AppendFewAsync(path, offset, content, cancel);
        var mark = Wire.Mark();
        var python = Small(content) ? "" : _python ??= await FindPythonAsync(cancel);
        await using var channel = await channels.OpenAsync(AppendScript(path, offset, mark, python), cancel);
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
        if (answer != "ready") throw NotSoLong(path, offset, answer);
        var (sent, broken) = await SendAsync(channel, content, cancel);
        var final = await output.SkipAsync(bytes, cancel) ? await output.LineAsync(cancel) : null;
        if (final is null)
        {
            var code = await channel.ExitAsync(cancel);
            throw code == 255
                ? Faults.Lost($"while {path} was written", broken, evidence: await error)
                : Faults.Of(await error, path, code);
        }
        var words = final.Split(' ', 2);
        CheckGrown(path, offset + sent, words[0]);
        return words is [_, { Length: 64 } hash] ? hash : null;
    }

    private async Task<string?> AppendFewAsync(string path, long offset, Stream content, CancellationToken cancel)
    {
        var bytes = new byte[content.Length - content.Position];
        await content.ReadExactlyAsync(bytes, cancel);
        var octal = string.Concat(bytes.Select(one => "\\0" + Convert.ToString(one, 8).PadLeft(3, '0')));
        var result = await RunAsync($"f={Shell.Quote(Plain(path))}; {Begin(offset, "")}printf %b '{octal}' >>\"$f\" || exit 25; {SizeOf}; "
            + "echo $((s))", ShortLimit, cancel);
        if (result.ExitCode == 24) throw NotSoLong(path, offset, result.Output.Trim());
        if (result.ExitCode != 0) throw Faults.Of(result.Error, path, result.ExitCode);
        CheckGrown(path, offset + bytes.Length, result.Output.Trim());
        return null;
    }

    private const string SizeOf = "s=$(stat -L -c %s -- \"$f\")";

    // A new file is made, with the folders above it; one that is there must be as long as is believed.
    private static string Begin(long offset, string mark) => offset == 0
        ? "mkdir -p -- \"$(dirname -- \"$f\")\" && : >\"$f\" || exit 23; "
        : Invariant($"{SizeOf} || exit 23; if [ $((s)) -ne {offset} ]; then printf '%s%s\\n' '{mark}' \"size $((s))\"; exit 24; fi; ");

    private static PlaceException NotSoLong(string path, long offset, string answer) => new(FaultKind.Transient,
        new(FailureName.IntegrityMismatch, $"{path} is not as long as expected; it is looked at again before anything is written.",
            $"{answer}, expected {offset}"));

    private static void CheckGrown(string path, long expected, string size)
    {
        if (long.Parse(size, CultureInfo.InvariantCulture) != expected)
            throw new PlaceException(FaultKind.Unknown, new(FailureName.IntegrityMismatch,
                $"{path} did not grow by what was sent.", $"size {size}, expected {expected}"));
    }

    private static bool Small(Stream content) => content.CanSeek && content.Length <= SmallBytes;

    private static string AppendScript(string path, long offset, string mark, string python)
    {
        var write = python.Length == 0
            ? "h=; cat >>\"$f\" || exit 25; "
            : $"h=$({Shell.Quote(python)} -I -S -c {Shell.Quote(HashingCat)} \"$f\") || exit 25; ";
        return $"LC_ALL=C; export LC_ALL; f={Shell.Quote(Plain(path))}; {Begin(offset, mark)}printf '%s%s\\n' {mark} ready; {write}"
            + $"{SizeOf}; printf '%s%s %s\\n' {mark} $((s)) \"$h\"";
    }

    /// <summary>Where the machine has a Python 3 that works without anything of a login's: its path; else nothing.</summary>
    private async Task<string> FindPythonAsync(CancellationToken cancel)
    {
        try
        {
            var result = await RunAsync("p=$(command -v python3) && env -i \"$p\" -I -S -c 'import hashlib, os; hashlib.sha256(); os.readv' && "
                + "printf %s \"$p\"", TimeSpan.FromSeconds(20), cancel);
            return result.ExitCode == 0 && result.Output.StartsWith('/') ? result.Output : "";
        }
        catch (PlaceException slow) when (slow.Failure.Name == FailureName.TimeLimit)
        {
            return "";
        }
    }

    private static async Task<(long Sent, IOException? Broken)> SendAsync(Channel channel, Stream content, CancellationToken cancel)
    {
        await using var outgoing = new Outgoing(channel.Input);
        try
        {
            if (Small(content)) await content.CopyToAsync(outgoing, cancel);
            else await Bulk.CarryAsync(content, outgoing, cancel);
            await channel.Input.DisposeAsync();
            return (outgoing.Sent, null);
        }
        catch (OutgoingException fault)
        {
            return (outgoing.Sent, fault);
        }
    }
}
