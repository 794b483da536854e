using System.Diagnostics;

namespace Portal.Jobs.Sites.Shells;

/// <summary>A child that cannot outlive the portal: a small shell beside it waits for the end of a pipe that the portal holds,
/// and ends it then, even if the portal was killed. (A death signal of the kernel would not do: it follows the thread that
/// started the child, and is dropped for programs with a set group such as ssh-agent.)</summary>
internal static class Guarded
{
    /// <summary>The shell beside it.</summary>
    public const string Shell = "/bin/sh";

    private const string Script =
        "exec 3<&0; d=$1; shift; \"$@\" </dev/null 3<&- & c=$!; "
        + "{ read -r _ <&3; [ -z \"$d\" ] || rm -rf -- \"$d\"; kill $c; } >/dev/null 2>&1 & w=$!; exec 3<&-; "
        + "wait $c; r=$?; kill $w 2>/dev/null; exit $r";

    /// <summary>Starts it. <paramref name="folder"/> is removed with it when the pipe ends.</summary>
    public static Process Start(IEnumerable<string> command, string? folder = null,
        IReadOnlyDictionary<string, string>? variables = null) =>
        Spawn.Start(Shell, Arguments(command, folder), variables);

    /// <summary>What <see cref="Shell"/> is started with, for who starts it with surroundings of their own: its input stays open
    /// as long as the command may live.</summary>
    public static IEnumerable<string> Arguments(IEnumerable<string> command, string? folder = null) =>
        ["-c", Script, "guard", folder ?? "", .. command];

    /// <summary>Ends it and waits until it is gone.</summary>
    public static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}
