using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Web.Edge.Tls;

/// <summary>A certificate that the portal makes for itself: signed by its own key, for this machine alone. Browsers warn of it;
/// programs can be given its file to trust.</summary>
public static class DevelopmentCertificate
{
    /// <summary>How long one is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(365);

    /// <summary>How long before its end another one is made.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromDays(30);

    private const UnixFileMode ForItsOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The files of a good one in the folder, made where there is none or its end is near.</summary>
    public static (string Certificate, string Key) In(string folder, DateTimeOffset now)
    {
        var (certificate, key) = (Path.Combine(folder, "development.crt"), Path.Combine(folder, "development.key"));
        if (IsGood(certificate, key, now)) return (certificate, key);
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = Request(pair).CreateSelfSigned(now - TimeSpan.FromMinutes(5), now + Life);
        Write(key, pair.ExportPkcs8PrivateKeyPem());
        Write(certificate, made.ExportCertificatePem());
        return (certificate, key);
    }

    private static bool IsGood(string certificate, string key, DateTimeOffset now)
    {
        if (!File.Exists(certificate) || !File.Exists(key)) return false;
        try
        {
            using var known = X509Certificate2.CreateFromPemFile(certificate, key);
            return known.NotAfter.ToUniversalTime() - now.UtcDateTime > Early;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            // It is none, or the two do not fit: left behind half made.
            return false;
        }
    }

    private static CertificateRequest Request(ECDsa pair)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        var request = new CertificateRequest("CN=Portal development", pair, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        // For servers (RFC 5280, 4.2.1.12).
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    // Nobody else may read it at any moment, and what is there before stays whole until the new one is.
    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = ForItsOwner;
        File.Delete(path + ".new");
        using (var file = new StreamWriter(path + ".new", options)) file.WriteLine(text);
        File.Move(path + ".new", path, overwrite: true);
    }
}
