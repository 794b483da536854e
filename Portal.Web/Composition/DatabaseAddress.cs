using System.Net;
using Npgsql;

namespace Portal.Web.Composition;

/// <summary>How the database is reached, as the setting <c>Portal:Database</c> has it.</summary>
public static class DatabaseAddress
{
    /// <summary>The connection string in which nothing that goes over a network falls back to plain text: Npgsql's own
    /// <c>Prefer</c> and <c>Allow</c> would, and become <c>Require</c>. Only who writes <c>SSL Mode=Disable</c> has it so.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static string WithoutFallback(string connectionString)
    {
        NpgsqlConnectionStringBuilder address;
        try
        {
            address = new(connectionString);
        }
        catch (ArgumentException fault)
        {
            throw new FormatException($"Portal:Database: {fault.Message}", fault);
        }
        if (address.SslMode is SslMode.Prefer or SslMode.Allow && !Here(address.Host)) address.SslMode = SslMode.Require;
        return address.ConnectionString;
    }

    // Sockets are paths, or names that begin with @ (libpq, section "Parameter Key Words": host).
    private static bool Here(string? hosts) =>
        (hosts ?? "").Split(',', StringSplitOptions.TrimEntries).All(host => host is "" or ['/' or '@', ..] or "localhost"
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)));
}
