using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;
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
        Assert.Equal("nosniff", led.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("frame-ancestors 'none'", led.Headers.GetValues("Content-Security-Policy").Single());
        using var health = await http.GetAsync(new Uri(plain, "healthz"), Cancel);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        using var page = await AskAsync(http, safe);
        Safe(page);
        Assert.False(page.Headers.Contains("Strict-Transport-Security"));
        // Who sends a token in the open is to notice.
        foreach (var door in (string[])["api/v1/me", "graphql", "oauth/token", "openapi/v1.json"])
        {
            using var refused = await http.GetAsync(new Uri(plain, door), Cancel);
            Assert.Equal((door, HttpStatusCode.Forbidden), (door, refused.StatusCode));
            Assert.Contains("HTTPS_NEEDED", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
        foreach (var version in (SslProtocols[])[SslProtocols.Tls12, SslProtocols.Tls13])
            Assert.Equal(version, await SpeakAsync(safe, version));
        // protocol_version, and handshake_failure for TLS 1.2 with suites that are no good (RFC 5246, section 7.2).
        foreach (var (version, alert) in ((byte, int)[])[(1, 70), (2, 70), (3, 40)])
            Assert.Equal((version, alert), (version, await AlertAsync(safe, version)));
    }

    [Fact]
    public async Task Behind_a_proxy_with_TLS_cookies_and_browsers_keep_to_it_as_with_a_certificate_of_its_own()
    {
        await using var portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Roles", "web",
            "--Portal:Address", "https://portal.test", "--Portal:Proxies", "127.0.0.1");
        using var http = new HttpClient();
        using var page = await AskAsync(http, portal.Address, "https");
        Safe(page);
        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact]
    public async Task Where_only_https_counts_plain_http_is_for_browsers_on_this_machine()
    {
        await using var portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Roles", "web",
            "--Portal:HttpsOnly", "true", "--Portal:Proxies", "127.0.0.1");
        using var http = new HttpClient();
        async Task<(HttpStatusCode, string)> SayAsync(string path, string host, string scheme)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Address, path));
            request.Headers.Host = host;
            request.Headers.Add("X-Forwarded-Proto", scheme);
            using var answer = await http.SendAsync(request, Cancel);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
        }
        foreach (var here in (string[])["localhost", "127.0.0.1:5080", "[::1]:5080"])
            Assert.Equal(HttpStatusCode.OK, (await SayAsync("sign-in", here, "http")).Item1);
        Assert.Equal(HttpStatusCode.OK, (await SayAsync("sign-in", "portal.test", "https")).Item1);
        Assert.Equal(HttpStatusCode.OK, (await SayAsync("healthz", "portal.test", "http")).Item1);
        foreach (var path in (string[])["sign-in", "css/base.css", "_blazor/negotiate", "api/v1/me", "oauth/token"])
        {
            var (status, text) = await SayAsync(path, "portal.test", "http");
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, status));
            Assert.Contains("Use https.", text, StringComparison.Ordinal);
        }
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
        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080", "", false, "web,worker", true)]
    [InlineData("http://[::]:8080", "http://portal.test", false, "web", true)]
    [InlineData("http://127.0.0.1:8080", "", false, "web", false)]
    [InlineData("http://[::1]:8080", "", false, "web", false)]
    [InlineData("http://0.0.0.0:8080", "https://portal.test", false, "web", false)]
    [InlineData("http://0.0.0.0:8080", "", true, "web", false)]
    [InlineData("http://0.0.0.0:8080", "", false, "worker", false)]
    public void It_is_told_where_passwords_would_go_in_the_open(string url, string address, bool httpsOnly, string roles, bool open) =>
        Assert.Equal(open, TlsComposition.InTheOpen(new() { Address = address, HttpsOnly = httpsOnly, Roles = roles }, [url]));

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

    // RFC 6265bis, section 4.1.3.2: what a browser demands of a cookie with this prefix.
    private static void Safe(HttpResponseMessage page) => Assert.All(page.Headers.GetValues("Set-Cookie"), cookie =>
    {
        Assert.StartsWith("__Host-portal-", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    });

    private static async Task<SslProtocols> SpeakAsync(Uri safe, SslProtocols version)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, safe.Port, Cancel);
        await using var stream = new SslStream(client.GetStream(), false, (_, _, _, _) => true);
        SslClientAuthenticationOptions options = new() { TargetHost = "localhost", EnabledSslProtocols = version };
        await stream.AuthenticateAsClientAsync(options, Cancel);
        return stream.SslProtocol;
    }

    // By hand: the client of this machine would not offer it. A greeting of TLS 1.0 to 1.2 (RFC 5246, section 7.4.1.2) with suites whose
    // encryption is not authenticated, which the kind of certificate fits. The alert that answers it.
    private static async Task<int> AlertAsync(Uri safe, byte version)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, safe.Port, Cancel);
        await client.GetStream().WriteAsync((byte[])[
            22, 3, 1, 0, 73, 1, 0, 0, 69, 3, version, .. new byte[32], 0, 0, 6, 0xC0, 0x09, 0xC0, 0x0A, 0xC0, 0x23, 1, 0,
            // Its groups, points and signatures: P-256 and what goes with it.
            0, 22, 0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0, 0, 13, 0, 4, 0, 2, 4, 3], Cancel);
        var alert = new byte[7];
        await client.GetStream().ReadExactlyAsync(alert, Cancel);
        Assert.Equal((21, 2), (alert[0], alert[5]));
        return alert[6];
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient http, Uri portal, string? scheme = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(portal, "sign-in"));
        request.Headers.Host = "portal.test";
        if (scheme is not null) request.Headers.Add("X-Forwarded-Proto", scheme);
        var answer = await http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }
}
