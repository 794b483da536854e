using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Data.Scanning;

/// <summary>Looks through files by clamd, the daemon of ClamAV, with its command <c>INSTREAM</c> (clamd(8), "COMMANDS"). The file is on
/// disk meanwhile, without a name, and gone when it is closed.</summary>
public sealed class ClamScanner(ScannerSettings settings, string folder) : IContentScanner
{
    private const int Piece = 1 << 16;

    /// <inheritdoc/>
    public async Task<Result<Scanned>> PassAsync(Stream content, long size, CancellationToken cancel)
    {
        await using var source = content;
        if (size > settings.Largest) return TooLarge();
        FileStream? kept = new(Path.Combine(folder, $"scan-{Guid.NewGuid():n}"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous,
        });
        try
        {
            File.Delete(kept.Name);
            // What lies there may have grown since.
            if (await AskAsync(source, kept, cancel) is not { } answer) return TooLarge();
            var verdict = Verdict(answer, kept);
            kept.Position = 0;
            if (verdict is { Ok: true, Value.Content: not null }) kept = null;
            return verdict;
        }
        catch (PlaceException fault)
        {
            return fault.ToProblem();
        }
        catch (SocketException fault)
        {
            return Unreachable(fault.Message);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Unreachable("it did not answer");
        }
        finally
        {
            if (kept is not null) await kept.DisposeAsync();
        }
    }

    // Null when there are more bytes than are looked through.
    private async Task<string?> AskAsync(Stream source, FileStream kept, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(settings.Patience);
        using var socket = await ConnectAsync(patience.Token);
        await using var scanner = new NetworkStream(socket);
        await TellAsync(scanner, "zINSTREAM\0"u8.ToArray(), patience.Token);
        // Each piece with its length before it, in network order; one of no length ends it.
        var piece = new byte[sizeof(int) + Piece];
        for (var read = -1; read != 0;)
        {
            read = await source.ReadAsync(piece.AsMemory(sizeof(int), Piece), cancel);
            await kept.WriteAsync(piece.AsMemory(sizeof(int), read), cancel);
            if (kept.Position > settings.Largest) return null;
            BinaryPrimitives.WriteInt32BigEndian(piece, read);
            // The file may take its time to come; the scanner may not.
            patience.CancelAfter(settings.Patience);
            if (!await TellAsync(scanner, piece.AsMemory(0, sizeof(int) + read), patience.Token)) break;
        }
        using var reader = new StreamReader(scanner, Encoding.UTF8);
        try
        {
            return (await reader.ReadToEndAsync(patience.Token)).Trim('\0', '\n', ' ');
        }
        catch (IOException)
        {
            return "it broke off";
        }
    }

    // False when it listens no more, and has said why.
    private static async Task<bool> TellAsync(NetworkStream scanner, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await scanner.WriteAsync(bytes, cancel);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancel)
    {
        var socket = settings.IsSocket
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var colon = settings.Address.LastIndexOf(':');
            await (settings.IsSocket
                ? socket.ConnectAsync(new UnixDomainSocketEndPoint(settings.Address), cancel)
                : socket.ConnectAsync(settings.Address[..colon].Trim('[', ']'), int.Parse(settings.Address[(colon + 1)..], null), cancel));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Result<Scanned> Verdict(string answer, Stream kept)
    {
        var told = answer.StartsWith("stream: ", StringComparison.Ordinal) ? answer["stream: ".Length..] : answer;
        if (told == "OK") return new Scanned(kept);
        return told.EndsWith(" FOUND", StringComparison.Ordinal) ? new Scanned(null, told[..^" FOUND".Length])
            : Unreachable(told.Length == 0 ? "it said nothing" : told);
    }

    private Problem TooLarge() =>
        new("OUTPUT_NOT_SCANNED", $"The file has more than the {settings.Largest} bytes that are looked through for malicious content, "
            + "and is not given out here.", Advice: "Take it from the endpoint where it lies.");

    private static Problem Unreachable(string why) =>
        new("SCANNER_UNREACHABLE", $"The file could not be looked through for malicious content ({why}), and is not given out.",
            Advice: "Try again later. If it lasts, tell the portal's operators.");
}
