using System.Diagnostics;
using System.Text;
using Portal.Domain.Runs;
using Portal.Jobs.Sites;
using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Code;

/// <summary>How a git ended.</summary>
internal sealed record GitOutcome(int ExitCode, string Output, string Error);

/// <summary>Runs git(1) deaf to the system's and the account's configuration, without hooks, prompts, helpers or submodules, and with
/// the listed protocols alone. It connects to where the remote says, and follows no redirect.</summary>
internal sealed class Git(string folder, CodeSettings settings, GitRemote remote)
{
    private const int OutputCharacters = 64 << 20, ErrorCharacters = 4096;

    private static readonly string[] Always =
    [
        "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "core.symlinks=true", "-c", "core.attributesFile=/dev/null",
        "-c", "transfer.fsckObjects=true", "-c", "submodule.recurse=false", "-c", "fetch.recurseSubmodules=false",
        "-c", "credential.helper=", "-c", "protocol.version=2", "-c", "gc.auto=0", "-c", "advice.detachedHead=false",
        "-c", "http.followRedirects=false", "-c", "http.lowSpeedLimit=1", "-c", "http.lowSpeedTime=60",
        "-c", "core.autocrlf=false",
    ];

    /// <summary>Runs git in the folder; null time limit means what the settings say for all.</summary>
    public async Task<GitOutcome> RunAsync(CancellationToken cancel, params string[] arguments)
    {
        // Killed with its portal: what it left is swept by the next one, which no longer finds it writing.
        var start = new ProcessStartInfo(Guarded.Shell)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] command = ["git", .. Always, .. remote.Options.SelectMany(option => (string[])["-c", option]), .. arguments];
        foreach (var argument in Guarded.Arguments(command)) start.ArgumentList.Add(argument);
        ChildVariables.Only(start);
        start.Environment["LC_ALL"] = "C";
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_ATTR_NOSYSTEM"] = "1";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_ASKPASS"] = "/bin/false";
        start.Environment["SSH_ASKPASS"] = "/bin/false";
        start.Environment["GIT_ALLOW_PROTOCOL"] = "https:http:git:ssh" + (settings.LocalRepositories ? ":file" : "");
        start.Environment["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(folder);
        foreach (var (name, value) in remote.Variables) start.Environment[name] = value;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(settings.TimeLimit);
        using var process = Process.Start(start)!;
        await using var killed = limit.Token.Register(() => Kill(process));
        var output = DrainAsync(process.StandardOutput, OutputCharacters);
        var error = DrainAsync(process.StandardError, ErrorCharacters);
        await process.WaitForExitAsync(CancellationToken.None);
        var outcome = new GitOutcome(process.ExitCode, await output, await error);
        cancel.ThrowIfCancellationRequested();
        if (limit.IsCancellationRequested)
            throw new PlaceException(FaultKind.Transient, new(FailureName.Unreachable, "git did not end in time.", outcome.Error,
                "Look whether the repository's server answers."));
        return outcome;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It had ended.
        }
    }

    // Keeps the beginning; the rest is read and dropped, so that git never waits.
    private static async Task<string> DrainAsync(StreamReader reader, int limit)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        int count;
        while ((count = await reader.ReadAsync(buffer)) > 0) text.Append(buffer, 0, Math.Min(count, limit - text.Length));
        return text.ToString();
    }
}
