using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>Files of an SFTP server (draft-ietf-secsh-filexfer-02) whose host key is pinned. What lies there is told by listings,
/// so times are not known; hashes cannot be asked for.</summary>
internal sealed class SftpFiles(CurlConnection connection) : IFiles
{
    private const int Denied = 9, QuoteRefused = 21, Missing = 78, Other = 79;

    public async Task<FileStat?> StatAsync(string path, CancellationToken cancel)
    {
        var whole = path.Trim('/');
        if (whole.Length == 0) return new(path, 0, true, null);
        var slash = whole.LastIndexOf('/');
        var there = (await AllAsync(slash < 0 ? "" : whole[..slash], cancel))?.FirstOrDefault(f => f.Path == whole);
        return there is null ? null : there with { Path = path };
    }

    public async Task<IReadOnlyList<FileStat>> ListAsync(string folder, CancellationToken cancel) =>
        await AllAsync(folder, cancel) ?? throw connection.Fault(new(Missing, 0, "the folder cannot be opened"), folder);

    public Task<Stream> ReadAsync(string path, long offset, CancellationToken cancel) => connection.ReadAsync(path, offset, cancel);

    public async Task<string?> AppendAsync(string path, long offset, Stream content, CancellationToken cancel)
    {
        if (offset > 0 && await StatAsync(path, cancel) is var there && there?.Size != offset)
            throw new PlaceException(FaultKind.Transient, new(FailureName.IntegrityMismatch,
                $"“{path}” at {connection.Address} is not as long as it was."));
        await connection.WriteAsync(path, offset > 0, content, [], cancel);
        return null;
    }

    public Task<string?> HashAsync(string path, long? length, CancellationToken cancel) => Task.FromResult<string?>(null);

    public async Task MakeFolderAsync(string folder, CancellationToken cancel)
    {
        var segments = Server(folder).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var made = Enumerable.Range(1, segments.Length).Select(n => "*mkdir " + Word("/" + string.Join('/', segments.Take(n))));
        var outcome = await QuoteAsync(made, cancel);
        if (outcome.ExitCode != 0) throw connection.Fault(outcome, folder);
        if (await StatAsync(folder, cancel) is not { IsFolder: true }) throw connection.Fault(new(Denied, 0, "mkdir was refused"), folder);
    }

    public async Task RenameAsync(string from, string to, CancellationToken cancel)
    {
        if (await StatAsync(from, cancel) is null) throw connection.Fault(new(Missing, 0, "nothing to rename"), from);
        // Version 3 of the protocol does not rename over a file.
        var outcome = await QuoteAsync(["*rm " + Word(Server(to)), "rename " + Word(Server(from)) + " " + Word(Server(to))], cancel);
        if (outcome.ExitCode != 0) throw connection.Fault(outcome, to);
    }

    public async Task RemoveAsync(string path, CancellationToken cancel)
    {
        var there = await StatAsync(path, cancel);
        if (there is null) return;
        if (there.IsFolder)
            foreach (var inside in await ListAsync(path, cancel)) await RemoveAsync(inside.Path, cancel);
        var outcome = await QuoteAsync([(there.IsFolder ? "rmdir " : "rm ") + Word(Server(path))], cancel);
        if (outcome.ExitCode != 0) throw connection.Fault(outcome, path);
    }

    private string Server(string path) => CurlUrl.ServerPath(connection.Address, path);

    private static string Word(string path) =>
        "\"" + path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private async Task<CurlOutcome> QuoteAsync(IEnumerable<string> commands, CancellationToken cancel) =>
        (await connection.AskRootAsync([("head", null), .. commands.Select(c => ("quote", (string?)c))], cancel)).Outcome;

    private async Task<IReadOnlyList<FileStat>?> AllAsync(string folder, CancellationToken cancel)
    {
        var (outcome, text) = await connection.AskAsync(folder, true, [], cancel);
        if (outcome.ExitCode is Missing or Other or QuoteRefused) return null;
        return outcome.ExitCode == 0 ? Listing.Long(folder, text) : throw connection.Fault(outcome, folder);
    }
}
