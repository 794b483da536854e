using System.Diagnostics;
using Portal.Jobs.Sites;
using Portal.Tests.Jobs.Transfers;

namespace Portal.Tests.Jobs.Code;

/// This machine as a site: a folder and /bin/sh.
public sealed class LocalPlace() : FolderFiles("/"), ISite
{
    public async Task<CommandResult> RunAsync(string command, TimeSpan limit, CancellationToken cancel)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(cancel);
        var output = await process.StandardOutput.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return new(process.ExitCode, output, await error);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
