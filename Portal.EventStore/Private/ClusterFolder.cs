using System.Security.Cryptography;
using System.Text;

namespace Portal.EventStore;

/// <summary>The folders of a private cluster and who owns them. PostgreSQL does not run as root: then the cluster belongs to
/// the account <c>postgres</c>. That account need not be able to reach it by its path, since the folder is handed over open.</summary>
internal sealed class ClusterFolder
{
    // 107 bytes less "/.s.PGSQL.5432.lock".
    private const int LongestSocketFolder = 88;

    private ClusterFolder(string root)
    {
        Root = root;
        Cluster = Path.Combine(root, "postgres");
        Log = Path.Combine(root, "postgres.log");
    }

    public string Root { get; }

    public string Cluster { get; }

    public string Log { get; }

    public string Socket { get; private set; } = "";

    /// <summary>User and group as <c>uid:gid</c> to run as; null for our own.</summary>
    public string? RunAs { get; private set; }

    public bool IsNew => !Directory.Exists(Cluster);

    /// <summary>The folders, made where they are not.</summary>
    /// <exception cref="PrivatePostgresException">They cannot be made, or belong to somebody else.</exception>
    public static ClusterFolder Open(string path)
    {
        var folder = new ClusterFolder(Path.GetFullPath(path));
        Make(folder.Root, null);
        folder.OpenCluster();
        folder.OpenSocket();
        return folder;
    }

    /// <summary>Device and inode, by which two paths can be told to be the same place.</summary>
    public static string? Identity(string path) => Commands.Run("stat", "-L", "-c", "%d:%i", path) is (true, var text) ? text : null;

    /// <summary>An empty folder to make the cluster in, so that one half made is never taken for a whole one.</summary>
    public string Nursery()
    {
        var nursery = Cluster + ".new";
        if (Directory.Exists(nursery))
            Directory.Delete(nursery, true);
        Make(nursery, RunAs?.Split(':')[0]);
        return nursery;
    }

    /// <summary>Leaves nothing outside the data folder.</summary>
    public void RemoveSocket()
    {
        if (Directory.Exists(Socket))
            Directory.Delete(Socket, true);
    }

    private void OpenCluster()
    {
        if (IsNew)
        {
            RunAs = Commands.IsRoot ? Account("postgres") : null;
            return;
        }
        var owner = Commands.Run("stat", "-c", "%u:%g", Cluster).Text;
        if (owner.StartsWith("0:", StringComparison.Ordinal))
            throw new PrivatePostgresException($"{Cluster} belongs to root, as whom PostgreSQL does not run. Give it to the "
                + "account postgres, or choose another data folder.");
        if (!Commands.IsRoot && owner.Split(':')[0] != Commands.Run("id", "-u").Text)
            throw new PrivatePostgresException($"{Cluster} belongs to another account (user id {owner.Split(':')[0]}). Start the "
                + "portal as that account or as root, or choose another data folder.");
        RunAs = Commands.IsRoot ? owner : null;
    }

    private void OpenSocket()
    {
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Root)))[..16];
        var near = Path.Combine(Root, "socket");
        Socket = RunAs is null && Encoding.UTF8.GetByteCount(near) <= LongestSocketFolder ? near
            : Commands.IsRoot && Directory.Exists("/run") ? $"/run/portal-postgres-{mark}"
            : $"/tmp/portal-postgres-{mark}";
        Make(Socket, RunAs?.Split(':')[0]);
        // In a folder that everybody may write to, somebody may have been there first.
        var expected = $"{RunAs?.Split(':')[0] ?? Commands.Run("id", "-u").Text} 700 directory";
        if (Commands.Run("stat", "-c", "%u %a %F", Socket).Text != expected)
            throw new PrivatePostgresException($"{Socket} is not a folder that only PostgreSQL's account can enter. Remove it.");
    }

    private static string Account(string name) =>
        Commands.Run("id", "-u", name) is (true, var user) && Commands.Run("id", "-g", name) is (true, var group)
            ? $"{user}:{group}"
            : throw new PrivatePostgresException($"There is no account {name}, which PostgreSQL needs when the portal runs as "
                + "root. Installing PostgreSQL makes it. Or give the portal the connection string of a database.");

    private static void Make(string path, string? owner)
    {
        if (Directory.Exists(path))
            return;
        if (Commands.Run("install", ["-d", "-m", "700", .. owner is null ? Array.Empty<string>() : ["-o", owner], path])
            is (false, var complaint))
            throw new PrivatePostgresException($"{path} cannot be made: {complaint}");
    }
}
