using System.Globalization;
using System.Text;
using Portal.Domain.Runs;

namespace Portal.Jobs.Sites.Shells;

/// <summary>One /bin/sh that stays and runs command after command, each in a subshell, with its output between random marks.
/// Used by one caller at a time.</summary>
internal sealed class LongShell : IAsyncDisposable
{
    /// <summary>Most that either output of a command may hold, in bytes.</summary>
    public const int OutputLimit = 16 << 20;

    /// <summary>Above this a command is handed over in one piece: some shells read their input byte by byte.</summary>
    private const int PieceBytes = 8 << 10;

    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(30);
    private readonly Channel _channel;
    private readonly MarkedOutput _output;
    private readonly MarkedOutput _error;

    private LongShell(Channel channel)
    {
        _channel = channel;
        _output = new(channel.Output);
        _error = new(channel.Error);
    }

    /// <summary>The process group of the shell and everything it started.</summary>
    public int Group { get; private set; }

    /// <summary>Whether it is gone.</summary>
    public bool Ended => _channel.Ended;

    /// <summary>Opens one with the environment of a login; where the account's profiles never come to an end, without.</summary>
    public static async Task<LongShell> OpenAsync(IChannels channels, CancellationToken cancel)
    {
        var mark = Wire.Mark();
        var last = $"printf \"%s %s\\n\" {mark} $$; exec /bin/sh";
        return await TryAsync(channels, Wire.InLogin(last), mark, cancel)
            ?? await TryAsync(channels, last, mark, cancel)
            ?? throw new PlaceException(FaultKind.Transient, new(FailureName.Unreachable,
                "The login succeeded, but no shell could be started.",
                Advice: "Log in by hand and look at what the account's profile does."));
    }

    private static async Task<LongShell?> TryAsync(IChannels channels, string script, string mark, CancellationToken cancel)
    {
        var shell = new LongShell(await channels.OpenAsync(script, cancel));
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(LoginLimit);
        try
        {
            if (await shell._output.SkipAsync(Encoding.ASCII.GetBytes(mark + " "), limited.Token)
                && await shell._output.LineAsync(limited.Token) is { } group)
            {
                shell.Group = int.Parse(group, CultureInfo.InvariantCulture);
                await shell.SendAsync("LC_ALL=C; export LC_ALL; cd\n", limited.Token);
                return shell;
            }
        }
        catch (Exception fault) when (fault is IOException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            // The next way is tried; its fault is the one to tell.
        }
        catch
        {
            await shell.DisposeAsync();
            throw;
        }
        await shell.DisposeAsync();
        return null;
    }

    /// <summary>Runs a command. Null when the connection was lost: nobody knows what became of it.</summary>
    public async Task<CommandResult?> RunAsync(string command, CancellationToken cancel)
    {
        var mark = Wire.Mark();
        var bytes = Encoding.ASCII.GetBytes(mark);
        string word;
        if (command.Length > PieceBytes)
        {
            var text = Encoding.UTF8.GetBytes(command);
            await SendAsync($"printf %s {mark}; portal_c=$(head -c {text.Length})\n", cancel);
            if (!await _output.SkipAsync(bytes, cancel)) return null;
            await _channel.Input.WriteAsync(text, cancel);
            mark = Wire.Mark();
            bytes = Encoding.ASCII.GetBytes(mark);
            word = "\"$portal_c\"";
        }
        else word = Shell.Quote(command);
        await SendAsync($"printf %s {mark}; printf %s {mark} >&2; (eval {word}) </dev/null; "
            + $"printf '%s%s\\n' {mark} $?; printf %s {mark} >&2\n", cancel);
        var error = ErrorAsync(bytes, cancel);
        try
        {
            if (!await _output.SkipAsync(bytes, cancel) || await _output.UntilAsync(bytes, OutputLimit, cancel) is not { } output
                || await _output.LineAsync(cancel) is not { } code || await error is not { } complaints) return null;
            return new(int.Parse(code, CultureInfo.InvariantCulture), Encoding.UTF8.GetString(output),
                Encoding.UTF8.GetString(complaints));
        }
        finally
        {
            // A shell that was left half way is thrown away; its second stream must not be left unobserved.
            _ = error.ContinueWith(static done => _ = done.Exception, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<byte[]?> ErrorAsync(byte[] mark, CancellationToken cancel) =>
        await _error.SkipAsync(mark, cancel) ? await _error.UntilAsync(mark, OutputLimit, cancel) : null;

    private async Task SendAsync(string text, CancellationToken cancel) =>
        await _channel.Input.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}
