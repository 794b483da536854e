using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>Files of an FTP server (RFC 959, 3659, 4217), in binary. Every act is a connection of its own, so one look tells of all that
/// belongs to a transfer, and a write tells what stands there afterwards. The server is asked for no hash.</summary>
internal sealed class FtpFiles(CurlConnection connection) : IFiles
{
    private const int Denied = 9, NoRetrieve = 19, QuoteRefused = 21, Missing = 78;

    private static readonly string[] Beside = [".part", ".journal"];

    // What the last look told of other paths than the one asked for. Each answer is given once, and none after a change.
    private readonly ConcurrentDictionary<string, FileStat?> told = new();

    // How long the files are that were written here.
    private readonly ConcurrentDictionary<string, long> written = new();

    public async Task<FileStat?> StatAsync(string path, CancellationToken cancel)
    {
        if (told.TryRemove(path, out var known)) return known;
        var first = Beside.Aggregate(path, (name, end) => name.EndsWith(end, StringComparison.Ordinal) ? name[..^end.Length] : name);
        string[] all = [first, .. Beside.Select(end => first + end)];
        var (outcome, text) = await connection.AskRootAsync(
            [FtpLook.Answers, ("head", null), .. all.Select(one => ("quote", (string?)FtpLook.Command(Server(one))))], cancel);
        if (outcome.ExitCode != 0) throw connection.Fault(outcome, path);
        told.Clear();
        foreach (var (one, stat) in FtpLook.Read(text, all)) told[one] = stat;
        return told.TryRemove(path, out var seen) ? seen : await OldStatAsync(path, cancel);
    }

    public async Task<OpenedFile?> OpenAsync(string path, CancellationToken cancel)
    {
        var answers = new StringBuilder();
        var answered = new TaskCompletionSource<FileStat?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var target = connection.Target(path, false);
        var curl = await connection.StartReadingAsync(
            target, [CurlProcess.Answers, ("quote", FtpLook.Command(Server(path)))], Hear, cancel);
        try
        {
            await using var killed = cancel.Register(curl.Kill);
            if (await Task.WhenAny(answered.Task, curl.Ended) == answered.Task)
            {
                switch (await answered.Task)
                {
                    case { IsFolder: false } file:
                        var content = connection.Content(curl, target, path, 0);
                        curl = null;
                        return new(file, content);
                    case { } folder:
                        return new(folder, null);
                    default:
                        return null;
                }
            }
            cancel.ThrowIfCancellationRequested();
        }
        finally
        {
            if (curl is not null) await curl.DisposeAsync();
        }
        // A server without MLST, a link, or no answer at all: the plain way tells which.
        return await StatAsync(path, cancel) is { } stat ? new(stat, null) : null;

        void Hear(string line)
        {
            answers.Append(line).Append('\n');
            if (FtpLook.Read(answers.ToString(), [path]).TryGetValue(path, out var stat)) answered.TrySetResult(stat);
        }
    }

    // For servers without MLST, and for links.
    private async Task<FileStat?> OldStatAsync(string path, CancellationToken cancel)
    {
        var (outcome, text) = await connection.AskAsync(path, false, [("head", null)], cancel);
        if (outcome.ExitCode == 0 && Header(text, "Content-Length") is { } size)
            return new(path, long.Parse(size, CultureInfo.InvariantCulture), false, Modified(text));
        if (outcome.ExitCode is not (0 or Missing or Denied or NoRetrieve)) throw connection.Fault(outcome, path);
        // SIZE knows files alone: a folder is what can be entered, and a server without SIZE tells by listing.
        var (entered, _) = await connection.AskAsync(path, true, [("head", null)], cancel);
        if (entered.ExitCode == 0) return new(path, 0, true, null);
        if (entered.ExitCode is not (Denied or Missing or NoRetrieve)) throw connection.Fault(entered, path);
        if (outcome.ExitCode == Missing) return null;
        var slash = path.TrimEnd('/').LastIndexOf('/');
        var parent = await AllAsync(slash < 0 ? "" : path[..slash], cancel);
        return parent?.FirstOrDefault(f => f.Path == path.TrimEnd('/'));
    }

    public async Task<IReadOnlyList<FileStat>> ListAsync(string folder, CancellationToken cancel) =>
        await AllAsync(folder, cancel)
            ?? throw connection.Fault(new(Missing, 550, "the folder cannot be entered"), folder);

    public Task<Stream> ReadAsync(string path, long offset, CancellationToken cancel) => connection.ReadAsync(path, offset, cancel);

    public async Task<string?> AppendAsync(string path, long offset, Stream content, CancellationToken cancel)
    {
        var known = written.TryRemove(path, out var size) && size == offset;
        if (offset > 0 && !known && await StatAsync(path, cancel) is var there && there?.Size != offset)
            throw new PlaceException(FaultKind.Transient, new(FailureName.IntegrityMismatch,
                $"“{path}” at {connection.Address} is not as long as it was."));
        told.Clear();
        try
        {
            // After the transfer the server is in the file's folder.
            var text = await connection.WriteAsync(path, offset > 0, content,
                [FtpLook.Answers, ("quote", "-" + FtpLook.Command(Server(path).Split('/')[^1]))], cancel);
            if (FtpLook.Last(text, path) is { IsFolder: false } stands)
            {
                told[path] = stands;
                written[path] = stands.Size;
            }
        }
        catch (PlaceException cut) when (cut.Kind == FaultKind.Transient)
        {
            await AskForRoomAsync(path + ".room", cancel);
            throw;
        }
        return null;
    }

    // A server that runs full closes the data connection, and curl does not wait to hear why. A few bytes fit between two
    // reads of its answers: a server without room refuses them by name.
    private async Task AskForRoomAsync(string path, CancellationToken cancel)
    {
        try
        {
            await connection.WriteAsync(path, false, new MemoryStream(new byte[1 << 13]), [], cancel);
        }
        catch (PlaceException other) when (other.Failure.Name != FailureName.QuotaExceeded)
        {
            return; // The first fault says more.
        }
        finally
        {
            await QuoteAsync(["DELE " + Server(path)], cancel);
        }
    }

    public Task<string?> HashAsync(string path, long? length, CancellationToken cancel) => Task.FromResult<string?>(null);

    public async Task MakeFolderAsync(string folder, CancellationToken cancel)
    {
        var (outcome, _) = await connection.AskAsync(folder, true, [("head", null), ("ftp-create-dirs", null)], cancel);
        if (outcome.ExitCode != 0) throw connection.Fault(outcome, folder);
    }

    public async Task RenameAsync(string from, string to, CancellationToken cancel)
    {
        var outcome = await QuoteAsync(["RNFR " + Server(from), "RNTO " + Server(to)], cancel);
        // Some servers do not rename over a file.
        if (outcome.ExitCode == QuoteRefused && await StatAsync(from, cancel) is not null && await StatAsync(to, cancel) is { IsFolder: false })
            outcome = await QuoteAsync(["DELE " + Server(to), "RNFR " + Server(from), "RNTO " + Server(to)], cancel);
        if (outcome.ExitCode == QuoteRefused && await StatAsync(from, cancel) is null)
            throw connection.Fault(new(Missing, 550, outcome.Message), from);
        if (outcome.ExitCode != 0) throw connection.Fault(outcome, to);
    }

    public async Task RemoveAsync(string path, CancellationToken cancel)
    {
        var outcome = await QuoteAsync(["DELE " + Server(path)], cancel);
        if (outcome.ExitCode == 0) return;
        if (outcome.ExitCode != QuoteRefused) throw connection.Fault(outcome, path);
        var there = await StatAsync(path, cancel);
        if (there is null) return;
        if (!there.IsFolder) throw connection.Fault(outcome, path);
        foreach (var inside in await ListAsync(path, cancel)) await RemoveAsync(inside.Path, cancel);
        outcome = await QuoteAsync(["RMD " + Server(path)], cancel);
        if (outcome.ExitCode != 0) throw connection.Fault(outcome, path);
    }

    private string Server(string path) => CurlUrl.ServerPath(connection.Address, path);

    // Commands run in the login folder, before the (empty) act on it.
    private async Task<CurlOutcome> QuoteAsync(IEnumerable<string> commands, CancellationToken cancel)
    {
        told.Clear();
        written.Clear();
        return (await connection.AskRootAsync([("head", null), .. commands.Select(c => ("quote", (string?)c))], cancel)).Outcome;
    }

    // Null when there is no such folder.
    private async Task<IReadOnlyList<FileStat>?> AllAsync(string folder, CancellationToken cancel)
    {
        var (outcome, text) = await connection.AskAsync(folder, true, [("request", "MLSD")], cancel);
        if (outcome.ExitCode == 0) return Listing.Machine(folder, text);
        if (outcome.ExitCode is NoRetrieve or QuoteRefused) // RFC 3659 is not known there.
            (outcome, text) = await connection.AskAsync(folder, true, [], cancel);
        if (outcome.ExitCode is Denied or Missing) return null;
        return outcome.ExitCode == 0 ? Listing.Long(folder, text) : throw connection.Fault(outcome, folder);
    }

    private static DateTimeOffset? Modified(string text) => DateTimeOffset.TryParse(Header(text, "Last-Modified"),
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    internal static string? Header(string text, string name) => text.Split('\n')
        .LastOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}
