using Portal.Domain.Runs;
using Portal.Jobs.Sites;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Schedulers;

/// <summary>The demo site's account without a connection: commands go to a /bin/sh of its own, as input.</summary>
internal sealed class ScriptedSite(DemoSite site) : ISite
{
    public int Commands { get; private set; }

    /// <summary>A shorter time limit than the one given.</summary>
    public TimeSpan? Limit { get; init; }

    public async Task<CommandResult> RunAsync(string command, TimeSpan limit, CancellationToken cancel)
    {
        Commands++;
        using var giveUp = new CancellationTokenSource(Limit ?? limit);
        try
        {
            var result = await site.RunAsync("exec /bin/sh", "export LC_ALL=C\n" + command, giveUp.Token);
            return new CommandResult(result.ExitCode, result.Output, result.Error);
        }
        catch (OperationCanceledException)
        {
            throw new PlaceException(FaultKind.Unknown, new Failure(FailureName.Unreachable, "The command took too long."));
        }
    }

    public Task<FileStat?> StatAsync(string path, CancellationToken cancel) => throw new NotSupportedException();
    public Task<IReadOnlyList<FileStat>> ListAsync(string folder, CancellationToken cancel) => throw new NotSupportedException();
    public Task<Stream> ReadAsync(string path, long offset, CancellationToken cancel) => throw new NotSupportedException();
    public Task<string?> AppendAsync(string path, long offset, Stream content, CancellationToken cancel) => throw new NotSupportedException();
    public Task<string?> HashAsync(string path, long? length, CancellationToken cancel) => throw new NotSupportedException();
    public Task MakeFolderAsync(string folder, CancellationToken cancel) => throw new NotSupportedException();
    public Task RenameAsync(string from, string to, CancellationToken cancel) => throw new NotSupportedException();
    public Task RemoveAsync(string path, CancellationToken cancel) => throw new NotSupportedException();
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
