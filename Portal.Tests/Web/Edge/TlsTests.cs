using System.Net;
using System.Security.Cryptography.X509Certificates;
using Portal.Tests.Fixtures;
using Portal.Web.Edge.Tls;

namespace Portal.Tests.Web.Edge;

/// <summary>https of the portal's own.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TlsTests(PostgresFixture postgres) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-tls-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_certificate_of_its_own_making_http_leads_to_https_cookies_are_secure_and_nothing_is_remembered()
    {
        await using var portal = await StartAsync("development");
        var (plain, safe) = Addresses(portal);
        using var http = Client(Path.Combine(portal.Folder, "tls", "development.crt"));
        using var led = await http.GetAsync(new Uri(plain, "sign-in?then=%2Fruns"), Cancel);
        Assert.Equal(HttpStatusCode.TemporaryRedirect, led.StatusCode);
        Assert.Equal(new Uri(safe, "sign-in?then=%2Fruns"), led.Headers.Location);
        using var health = await http.GetAsync(new Uri(plain, "healthz"), Cancel);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        using var page = await AskAsync(http, safe);
        Assert.All(page.Headers.GetValues("Set-Cookie"),
            cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.False(page.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task With_files_of_ones_own_browsers_are_told_to_keep_to_https()
    {
        var (certificate, key) = DevelopmentCertificate.In(folder, TimeProvider.System.GetUtcNow());
        await using var portal = await StartAsync(certificate, "--Portal:Tls:Key", key);
        var (plain, safe) = Addresses(portal);
        using var http = Client(certificate);
        using var led = await http.GetAsync(plain, Cancel);
        Assert.Equal(HttpStatusCode.PermanentRedirect, led.StatusCode);
        using var page = await AskAsync(http, safe);
        Assert.Equal("max-age=31536000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact]
    public void A_certificate_is_kept_until_its_end_is_near_or_its_key_is_another_and_its_key_is_for_its_owner_alone()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (certificate, key) = DevelopmentCertificate.In(folder, now);
        var first = File.ReadAllText(certificate);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        using var leaf = X509CertificateLoader.LoadCertificateFromFile(certificate);
        Assert.All((string[])["localhost", "127.0.0.1", "::1"],
            name => Assert.True(leaf.MatchesHostname(name, true, false), name));
        var near = now + DevelopmentCertificate.Life - DevelopmentCertificate.Early;
        DevelopmentCertificate.In(folder, near - TimeSpan.FromDays(1));
        Assert.Equal(first, File.ReadAllText(certificate));
        DevelopmentCertificate.In(folder, near + TimeSpan.FromDays(1));
        var second = File.ReadAllText(certificate);
        Assert.NotEqual(first, second);
        // As a crash between the two files leaves it.
        File.WriteAllText(certificate, first);
        DevelopmentCertificate.In(folder, now);
        Assert.DoesNotContain(File.ReadAllText(certificate), (string[])[first, second]);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<TestPortal> StartAsync(string certificate, params string[] more) => TestPortal.StartAsync(postgres, Cancel,
        ["--Portal:Roles", "web", "--urls", "http://127.0.0.1:0;https://127.0.0.1:0",
            "--Portal:Tls:Certificate", certificate, .. more]);

    private static (Uri Plain, Uri Safe) Addresses(TestPortal portal)
    {
        var all = portal.Addresses.Select(address => new Uri(address + "/")).ToList();
        return (all.Single(address => address.Scheme == "http"), all.Single(address => address.Scheme == "https"));
    }

    // Trusts this certificate and no other. HSTS is not for names of this machine.
    private static HttpClient Client(string certificate)
    {
        var trusted = File.ReadAllText(certificate);
        return new(new HttpClientHandler
        {
            AllowAutoRedirect = false,
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.ExportCertificatePem() == trusted.TrimEnd(),
        });
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, Uri portal)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(portal, "sign-in"));
        request.Headers.Host = "portal.test";
        var answer = await http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }
}
