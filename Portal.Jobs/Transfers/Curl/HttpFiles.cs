using System.Globalization;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers.Curl;

/// <summary>Files of an HTTP server (RFC 9110), to be read only. An answer that is not a success is a fault, never data.</summary>
internal sealed class HttpFiles(CurlConnection connection) : IFiles
{
    public async Task<FileStat?> StatAsync(string path, CancellationToken cancel)
    {
        var (outcome, text) = await connection.AskAsync(path, false, [("head", null)], cancel);
        if (outcome is { ExitCode: 22, Response: 404 or 410 }) return null;
        if (outcome is { ExitCode: 22, Response: 405 or 501 }) return new(path, FileStat.UnknownSize, false, null);
        if (outcome.ExitCode != 0) throw connection.Fault(outcome, path);
        // Redirects put several heads one after the other: the last counts.
        var head = text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";
        var size = long.TryParse(FtpFiles.Header(head, "Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes : FileStat.UnknownSize;
        var modified = DateTimeOffset.TryParse(FtpFiles.Header(head, "Last-Modified"), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var time) ? time : (DateTimeOffset?)null;
        return new(path, size, false, modified);
    }

    public Task<Stream> ReadAsync(string path, long offset, CancellationToken cancel) => connection.ReadAsync(path, offset, cancel);

    public Task<string?> HashAsync(string path, long? length, CancellationToken cancel) => Task.FromResult<string?>(null);

    public Task<IReadOnlyList<FileStat>> ListAsync(string folder, CancellationToken cancel) => throw ReadOnly("has no lists of files");

    public Task<string?> AppendAsync(string path, long offset, Stream content, CancellationToken cancel) => throw ReadOnly("can only be read");

    public Task MakeFolderAsync(string folder, CancellationToken cancel) => throw ReadOnly("can only be read");

    public Task RenameAsync(string from, string to, CancellationToken cancel) => throw ReadOnly("can only be read");

    public Task RemoveAsync(string path, CancellationToken cancel) => throw ReadOnly("can only be read");

    private PlaceException ReadOnly(string why) => new(FaultKind.Final, new(FailureName.InvalidDescription,
        $"{connection.Address} {why}.", null, "Use an FTP or SFTP server for this."));
}
