using System.Diagnostics;

namespace Portal.EventStore;

/// <summary>How initdb and postgres are started: with the cluster's folder open as descriptor 3, as the right account, and
/// ending when we end.</summary>
internal sealed class ClusterProgram(ClusterFolder folder, PostgresInstallation installation, IReadOnlyDictionary<string, string> settings)
{
    // A path through the open descriptor works though the folders above may be closed to the account.
    private const string Opened = "/proc/self/fd/3";
    private const string Script = """exec 3<"$1"; exec >>"$2" 2>&1; shift 2; exec "$@" """;

    public void Create()
    {
        var nursery = folder.Nursery();
        using var process = Process.Start(Start(nursery, [installation.Initdb, "-D", Opened, "-U", PrivatePostgres.Administrator,
            "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8", "--locale=C"]))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new PrivatePostgresException($"No database cluster can be made in {folder.Cluster}. {LogTail()}");
        Directory.Move(nursery, folder.Cluster);
    }

    public ProcessStartInfo StartServer() => Start(folder.Cluster, [
        installation.Postgres, "-D", Opened, "-c", "listen_addresses=", "-c", $"unix_socket_directories={folder.Socket}",
        "-c", "unix_socket_permissions=0700", "-c", "max_connections=200",
        .. settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" })]);

    /// <summary>The last lines of the log, for an error message.</summary>
    public string LogTail() => File.Exists(folder.Log)
        ? "Its log ends: " + string.Join(" | ", File.ReadLines(folder.Log).TakeLast(5))
        : "It left no log.";

    private ProcessStartInfo Start(string opened, IEnumerable<string> program)
    {
        // Interrupt is PostgreSQL's fast shutdown. It comes when the thread that started the program ends: see Keeper.
        List<string> launcher = ["setpriv", "--pdeathsig", "INT"];
        if (folder.RunAs?.Split(':') is [var user, var group])
            launcher.AddRange(["--reuid", user, "--regid", group, "--clear-groups"]);
        return Commands.Start("/bin/sh", ["-c", Script, "sh", opened, folder.Log, .. launcher, .. program]);
    }
}
