namespace Portal.Jobs.Sites;

/// <summary>What a command on a machine came to.</summary>
/// <param name="ExitCode">Exit code, 128 + signal where a signal ended it.</param>
/// <param name="Output">Standard output; banners of the login are not part of it.</param>
/// <param name="Error">Standard error, apart.</param>
public sealed record CommandResult(int ExitCode, string Output, string Error);

/// <summary>A machine's account, connected: commands and files. Commands run by <c>/bin/sh</c> with <c>LC_ALL=C</c> in the home
/// folder. A fault (unreachable, host key changed, login refused, connection lost, time limit) is a <see cref="PlaceException"/>;
/// a command's own exit code is a result.</summary>
public interface ISite : IFiles, IAsyncDisposable
{
    /// <summary>Runs a command line. Every value in it has passed <see cref="Shell.Quote"/>. After <paramref name="limit"/> it is
    /// given up, its outcome unknown. Output is limited to 16 MiB.</summary>
    Task<CommandResult> RunAsync(string command, TimeSpan limit, CancellationToken cancel);
}
