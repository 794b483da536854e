using System.Diagnostics;

namespace Portal.Jobs.Sites.Shells;

/// <summary>What programs that the portal starts inherit: where programs and folders are, how the network is reached and whom it
/// trusts. Nothing of the portal's configuration, which can stand in variables with its secrets.</summary>
internal static class ChildVariables
{
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE",
    };

    /// <summary>Takes everything else out of a program's surroundings; what it needs beside them is put in afterwards.</summary>
    public static void Only(ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(start);
        foreach (var name in start.Environment.Keys.Where(name => !Kept.Contains(name)).ToList()) start.Environment.Remove(name);
    }
}
