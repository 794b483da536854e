using Portal.Jobs.Sites;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Jobs.Schedulers;

/// <summary>The demo site's account without a connection: commands go to a /bin/sh of its own, as input.</summary>
internal sealed class ScriptedSite(DemoSite site) : ISite
{
    public int Commands { get; private set; }

    public Func<CommandResult, CommandResult> Answer { get; set; } = result => result;

    public async Task<CommandResult> RunAsync(string command, TimeSpan limit, CancellationToken cancel)
    {
        Commands++;
        var result = await site.RunAsync("exec /bin/sh", "export LC_ALL=C\n" + command, cancel);
        return Answer(new CommandResult(result.ExitCode, result.Output, result.Error));
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
