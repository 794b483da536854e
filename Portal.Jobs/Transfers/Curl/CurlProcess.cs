using System.Diagnostics;
using System.Globalization;
using System.Text;
using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>What a curl came to.</summary>
/// <param name="ExitCode">curl's exit code (curl(1), EXIT CODES); 127 when there is no curl.</param>
/// <param name="Response">The server's last response code, 0 when it gave none.</param>
/// <param name="Message">curl's own words.</param>
/// <param name="Redirect">Where the answer leads to, which was not followed; empty for nowhere.</param>
internal sealed record CurlOutcome(int ExitCode, int Response, string Message, string Redirect = "");

/// <summary>One curl, running. All it is told stands in a configuration that it reads from a pipe: its command line and its
/// environment hold nothing but constants, and no file is made.</summary>
internal sealed class CurlProcess : IAsyncDisposable
{
    // Standard input carries first the configuration, up to an empty line, then the data of an upload. A shell takes the first
    // part off (read stops exactly at the line's end), hands it over by a pipe of its own and becomes curl.
    private const string Launch =
        "unset c l; while IFS= read -r l && [ -n \"$l\" ]; do c=\"$c$l\n\"; done; exec curl --disable --config /dev/fd/3 3<<EOF\n$c\nEOF";
    private const string Mark = "portal-response ";
    private const int MessageCharacters = 4096;

    /// <summary>Lets the server's answers come beside the data, to whoever hears them.</summary>
    public static readonly (string Name, string? Value) Answers = ("dump-header", "/dev/fd/2");

    private readonly Process process;

    private readonly Action<string>? heard;

    private CurlProcess(Process process, Action<string>? heard)
    {
        (this.process, this.heard) = (process, heard);
        Input = process.StandardInput.BaseStream;
        Output = process.StandardOutput.BaseStream;
        Spawn.Widen(process);
        Ended = EndAsync();
    }

    /// <summary>Data to be sent.</summary>
    public Stream Input { get; }

    /// <summary>Data that arrives. Its end means nothing before <see cref="Ended"/> says so.</summary>
    public Stream Output { get; }

    /// <summary>How it ended. Needs <see cref="Output"/> to be read.</summary>
    public Task<CurlOutcome> Ended { get; }

    /// <summary>Starts curl with options as in curl's configuration files: long name and value, null for a switch.</summary>
    /// <param name="options">The options.</param>
    /// <param name="heard">Is told each line that comes as an answer to <see cref="Answers"/>.</param>
    /// <param name="cancel">Asked before it is started.</param>
    public static CurlProcess Start(
        IEnumerable<(string Name, string? Value)> options, CancellationToken cancel, Action<string>? heard = null)
    {
        cancel.ThrowIfCancellationRequested();
        var text = new StringBuilder();
        foreach (var (name, value) in options) text.Append(name).Append(value is null ? "" : " = " + Quote(value)).Append('\n');
        text.Append("write-out = \"%{stderr}\\n").Append(Mark).Append("%{response_code} %{redirect_url}\\n\"\n")
            .Append("silent\nshow-error\n\n");
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", Launch },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ChildVariables.Only(start);
        start.Environment["LC_ALL"] = "C.UTF-8";
        var curl = new CurlProcess(Process.Start(start)!, heard);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        try
        {
            // By a call that blocks, as all that follows: see Bulk. It fits into the pipe.
            curl.Input.Write(bytes);
        }
        catch (IOException)
        {
            // It ended before it had read all: how it ended says why.
        }
        finally
        {
            Array.Clear(bytes);
        }
        return curl;
    }

    /// <summary>Ends it at once. What it has sent stays sent.</summary>
    public void Kill()
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It had ended.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Kill();
        await Ended;
        process.Dispose();
    }

    private async Task<CurlOutcome> EndAsync()
    {
        var message = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
            if (heard is not null && !line.StartsWith("curl:", StringComparison.Ordinal) && !line.StartsWith(Mark, StringComparison.Ordinal))
                heard(line);
            else if (line.Length > 0 && message.Length < MessageCharacters) message.AppendLine(line);
        await process.WaitForExitAsync();
        var lines = message.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var marked = lines.LastOrDefault(l => l.StartsWith(Mark, StringComparison.Ordinal)) ?? Mark + "0 ";
        var response = marked[Mark.Length..].Split(' ', 2);
        int.TryParse(response[0], NumberStyles.None, CultureInfo.InvariantCulture, out var code);
        return new(process.ExitCode, code, string.Join('\n', lines.Where(l => !l.StartsWith(Mark, StringComparison.Ordinal))),
            response.ElementAtOrDefault(1)?.Trim() ?? "");
    }

    private static string Quote(string value)
    {
        if (value.Any(c => c is '\n' or '\r' or '\0')) throw new ArgumentException("A line end cannot be passed to curl.", nameof(value));
        return "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
    }
}
