using Microsoft.Extensions.Logging;

namespace Portal.EventStore;

/// <summary>A server that a killed portal left behind, or the traces of one. Only asked while we hold the folder's lock, so
/// nobody needs it any more.</summary>
internal static class Leftover
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public static async Task ClearAsync(ClusterFolder folder, ILogger log, CancellationToken cancel)
    {
        var file = Path.Combine(folder.Cluster, "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), out var process))
            return;
        if (!Serves(process, folder.Cluster))
        {
            // Its number may belong to another program by now, which PostgreSQL would take for a server.
            File.Delete(file);
            return;
        }
        log.LogInformation("A PostgreSQL left behind (process {Process}) is stopped first.", process);
        var started = TimeProvider.System.GetTimestamp();
        Commands.Signal(process, Commands.Interrupt);
        while (Serves(process, folder.Cluster))
        {
            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromSeconds(60))
                Commands.Signal(process, Commands.Quit);
            await Task.Delay(Look, cancel);
        }
    }

    private static bool Serves(int process, string cluster)
    {
        try
        {
            if (File.ReadAllText($"/proc/{process}/comm").Trim() is not "postgres")
                return false;
            // Where we may not look, the name has to do. An ended process not yet collected has no folder.
            return ClusterFolder.Identity($"/proc/{process}/cwd") is not { } at || at == ClusterFolder.Identity(cluster)
                ? !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal)
                : false;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
