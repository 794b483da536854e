using System.Diagnostics;
using Portal.Jobs.Sites.Shells;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>A child that cannot outlive the portal: a small shell beside it waits for the end of a pipe that the portal holds,
/// and ends it then, even if the portal was killed. (A death signal of the kernel would not do: it follows the thread that
/// started the child, and is dropped for programs with a set group such as ssh-agent.)</summary>
internal static class Guarded
{
    private const string Script =
        "exec 3<&0; d=$1; shift; \"$@\" </dev/null 3<&- & c=$!; "
        + "{ read -r _ <&3; [ -z \"$d\" ] || rm -rf -- \"$d\"; kill $c; } >/dev/null 2>&1 & w=$!; exec 3<&-; "
        + "wait $c; r=$?; kill $w 2>/dev/null; exit $r";

    /// <summary>Starts it. <paramref name="folder"/> is removed with it when the pipe ends.</summary>
    public static Process Start(IEnumerable<string> command, string? folder = null,
        IReadOnlyDictionary<string, string>? variables = null) =>
        Spawn.Start("/bin/sh", ["-c", Script, "guard", folder ?? "", .. command], variables);

    /// <summary>Ends it and waits until it is gone.</summary>
    public static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}
