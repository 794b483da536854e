using System.Diagnostics;
using System.Text;

namespace Portal.Jobs.Sites.Shells;

/// <summary>A script that runs at a place, with its three streams.</summary>
internal sealed class Channel(Process process, Action released) : IAsyncDisposable
{
    private int _released;

    /// <summary>What the script reads.</summary>
    public Stream Input { get; } = process.StandardInput.BaseStream;

    /// <summary>What it writes.</summary>
    public Stream Output { get; } = process.StandardOutput.BaseStream;

    /// <summary>Its complaints.</summary>
    public Stream Error { get; } = process.StandardError.BaseStream;

    /// <summary>Whether it has ended.</summary>
    public bool Ended => process.HasExited;

    /// <summary>The script's exit code; 255 where the connection was lost.</summary>
    public async Task<int> ExitAsync(CancellationToken cancel)
    {
        await process.WaitForExitAsync(cancel);
        return process.ExitCode;
    }

    /// <summary>Its complaints to the end, the last 16 KiB of them.</summary>
    public Task<string> ErrorTextAsync() => ReadTailAsync(Error);

    /// <summary>The last 16 KiB of a stream as text.</summary>
    public static async Task<string> ReadTailAsync(Stream stream)
    {
        const int Kept = 16 << 10;
        var buffer = new byte[2 * Kept];
        var filled = 0;
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer.AsMemory(filled))) > 0)
            {
                filled += read;
                if (filled < buffer.Length) continue;
                buffer.AsSpan(Kept).CopyTo(buffer);
                filled = Kept;
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process was ended meanwhile; what was read is what there is.
        }
        return Encoding.UTF8.GetString(buffer.AsSpan(Math.Max(0, filled - Kept), Math.Min(filled, Kept)));
    }

    /// <summary>Ends it, wherever it stands.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _released, 1) != 0) return;
        Spawn.End(process);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        released();
    }
}

/// <summary>Opens channels to one place.</summary>
internal interface IChannels : IAsyncDisposable
{
    /// <summary>Runs a POSIX shell script at the place, in the account's home folder.</summary>
    Task<Channel> OpenAsync(string script, CancellationToken cancel);
}
