using System.Globalization;

namespace Portal.EventStore;

/// <summary>The programs of PostgreSQL on this machine.</summary>
internal sealed record PostgresInstallation(string Folder)
{
    private const string Debian = "/usr/lib/postgresql";

    public string Initdb => Path.Combine(Folder, "initdb");

    public string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>The newest one; for a cluster that exists, the one that made it.</summary>
    /// <exception cref="PrivatePostgresException">There is none.</exception>
    public static PostgresInstallation Find(string cluster)
    {
        var versionFile = Path.Combine(cluster, "PG_VERSION");
        var needed = File.Exists(versionFile) ? File.ReadAllText(versionFile).Trim() : null;
        var found = Versions().Select(version => (Name: version, Folder: Path.Combine(Debian, version, "bin")))
            .Where(one => needed is null || one.Name == needed).Select(one => one.Folder)
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            .Select(folder => new PostgresInstallation(folder))
            .FirstOrDefault(one => File.Exists(one.Initdb) && File.Exists(one.Postgres));
        return found ?? throw new PrivatePostgresException(
            $"PostgreSQL {needed}".TrimEnd() + " is not installed on this machine. Install it (Debian: apt-get install "
            + $"{(needed is null ? "postgresql" : "postgresql-" + needed)}), or give the portal the connection string of a database.");
    }

    private static IEnumerable<string> Versions() => Directory.Exists(Debian)
        ? Directory.GetDirectories(Debian).Select(folder => Path.GetFileName(folder)!)
            .OrderByDescending(name => decimal.TryParse(name, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
                ? number : 0)
        : [];
}

/// <summary>The private PostgreSQL cannot run; the message says why and what to do.</summary>
public sealed class PrivatePostgresException(string message, Exception? cause = null) : Exception(message, cause);
