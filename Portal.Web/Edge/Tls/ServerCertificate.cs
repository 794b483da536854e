using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Web.Edge.Tls;

/// <summary>The certificate that https addresses answer with. Its files are looked at again once a minute, so that one that was
/// renewed is used without a restart.</summary>
public sealed class ServerCertificate
{
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly TlsSettings settings;
    private readonly Func<string> folder;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Lock gate = new();
    private Loaded loaded;

    /// <summary>Loads it.</summary>
    /// <param name="settings">Where it is.</param>
    /// <param name="folder">Where one of the portal's own lies.</param>
    /// <param name="time">Tells when to look again.</param>
    /// <param name="logger">Hears of files that are no good.</param>
    /// <exception cref="CryptographicException">The files hold no certificate with its key.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    public ServerCertificate(TlsSettings settings, Func<string> folder, TimeProvider time, ILogger logger)
    {
        (this.settings, this.folder, this.time, this.logger) = (settings, folder, time, logger);
        loaded = Load();
    }

    /// <summary>The certificate with those between it and its authority.</summary>
    public SslStreamCertificateContext Context => Current().Context;

    /// <summary>The certificate alone.</summary>
    public X509Certificate2 Leaf => Current().Context.TargetCertificate;

    private Loaded Current()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now - loaded.Looked < Look) return loaded;
            try
            {
                var files = Files(now);
                // Connections may be under way with the one before: it is left to the collector.
                loaded = Changed(files) == loaded.Changed ? loaded with { Looked = now } : Load();
            }
            catch (Exception fault) when (fault is IOException or CryptographicException
                or UnauthorizedAccessException or ArgumentException)
            {
                // Half a renewal: the old one goes on until the files fit.
                logger.LogWarning("The certificate cannot be loaded anew: {Fault}", fault.Message);
                loaded = loaded with { Looked = now };
            }
            return loaded;
        }
    }

    private (string Certificate, string Key) Files(DateTimeOffset now) =>
        settings.IsDevelopment ? DevelopmentCertificate.In(folder(), now) : (settings.Certificate, settings.Key);

    private static DateTime Changed((string Certificate, string Key) files) =>
        new(Math.Max(File.GetLastWriteTimeUtc(files.Certificate).Ticks, File.GetLastWriteTimeUtc(files.Key).Ticks));

    private Loaded Load()
    {
        var now = time.GetUtcNow();
        var files = Files(now);
        var changed = Changed(files);
        var leaf = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(files.Certificate);
        return new(SslStreamCertificateContext.Create(leaf, chain, offline: true), changed, now);
    }

    private sealed record Loaded(SslStreamCertificateContext Context, DateTime Changed, DateTimeOffset Looked);
}
