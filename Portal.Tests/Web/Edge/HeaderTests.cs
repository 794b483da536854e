using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;
using Portal.Web.Edge;

namespace Portal.Tests.Web.Edge;

/// <summary>What every answer carries, at whichever door and to whomever.</summary>
public sealed class HeaderTests(RunningPortalFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_address_that_can_be_asked_keeps_to_itself_and_is_kept_by_nobody()
    {
        var portal = await fixture.PortalAsync(Cancel);
        var paths = Paths(portal).Append("/no-such-page").Append("/api/v1/no-such-thing").ToList();
        Assert.True(paths.Count > 60, $"{paths.Count} addresses were found.");
        Assert.Contains("/runs/0/results/0", paths);
        using var browser = await CookieVisit.SignUpAsync(portal.Address, Cancel);
        using var program = await RestClient.SignUpAsync(portal, Cancel);
        using var stranger = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        foreach (var path in paths)
            foreach (var client in path.StartsWith("/api", StringComparison.Ordinal) ? [program.Http] : new[] { browser.Http })
                await LookAsync(client, portal, path);
        foreach (var path in (string[])["/", "/sign-in", "/runs", "/api/v1/me", "/graphql", "/openapi/v1.json", "/healthz"])
            await LookAsync(stranger, portal, path);
    }

    [Theory]
    [InlineData("https://evil.example.org", null, HttpStatusCode.Forbidden)]
    [InlineData("null", null, HttpStatusCode.Forbidden)]
    [InlineData("http://{0}", null, HttpStatusCode.OK)]
    [InlineData("https://behind.example.org", "same-origin", HttpStatusCode.OK)]
    [InlineData("https://behind.example.org", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData(null, null, HttpStatusCode.OK)]
    public async Task Only_pages_of_its_own_connect(string? origin, string? site, HttpStatusCode status)
    {
        var portal = await fixture.PortalAsync(Cancel);
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Address, "_blazor/negotiate?negotiateVersion=1"));
        if (origin is not null) request.Headers.Add("Origin", string.Format(null, origin, portal.Address.Authority));
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        Assert.Equal(status, (await client.SendAsync(request, Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("https://portal.example.org/", "https://portal.example.org", true)]
    [InlineData("https://portal.example.org:8443/base/", "https://Portal.example.org:8443", true)]
    [InlineData("https://portal.example.org/", "http://portal.example.org", false)]
    [InlineData("https://portal.example.org/", "https://portal.example.org.evil.test", false)]
    [InlineData("", "https://portal.example.org", false)]
    [InlineData("https://portal.example.org/", "null", false)]
    public void The_configured_address_tells_whose_a_page_is(string address, string origin, bool own) =>
        Assert.Equal(own, OwnOrigin.IsOf(address, origin));

    [Fact]
    public async Task Who_signs_out_leaves_nothing_in_the_browser()
    {
        var portal = await fixture.PortalAsync(Cancel);
        using var browser = await CookieVisit.SignUpAsync(portal.Address, Cancel);
        using var left = await browser.SignOutAsync(Cancel);
        Assert.Equal("\"storage\"", left.Headers.GetValues("Clear-Site-Data").Single());
    }

    [Theory]
    [InlineData("Content-Length: 5, 6")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6")]
    [InlineData("Content-Length : 5")]
    [InlineData("Content-Length: +5")]
    [InlineData("Transfer-Encoding: chunked, gzip")]
    [InlineData("Transfer-Encoding : chunked")]
    public async Task A_message_whose_end_is_not_sure_is_refused(string header)
    {
        var portal = await fixture.PortalAsync(Cancel);
        using var client = new TcpClient();
        await client.ConnectAsync(portal.Address.Host, portal.Address.Port, Cancel);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /oauth/token HTTP/1.1\r\nHost: {portal.Address.Authority}\r\nConnection: close\r\n{header}\r\n\r\n0\r\n\r\n"), Cancel);
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 400 ", await reader.ReadLineAsync(Cancel), StringComparison.Ordinal);
    }

    // All that is asked by GET, with a zero in place of what an address leaves open.
    private static IEnumerable<string> Paths(TestPortal portal) =>
        from endpoint in portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null
            && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is null or { Count: 0 } or ["GET", ..] or [_, "GET", ..]
        let segments = endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
            part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "0")))
        select "/" + string.Join('/', segments);

    private static async Task LookAsync(HttpClient client, TestPortal portal, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(portal.Address, path));
        request.Headers.Add("Origin", $"http://{portal.Address.Authority}");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        string One(string header) => answer.Headers.TryGetValues(header, out var values) ? string.Join(" | ", values) : $"no {header}";
        var told = $"{path} ({(int)answer.StatusCode})";
        Assert.True((int)answer.StatusCode < 500, told);
        var policy = One("Content-Security-Policy");
        Assert.True(policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal), $"{told}: {policy}");
        Assert.True(policy.Contains("object-src 'none'", StringComparison.Ordinal)
            || policy.Contains("default-src 'none'", StringComparison.Ordinal), $"{told}: {policy}");
        Assert.True(policy.Contains("base-uri 'none'", StringComparison.Ordinal), $"{told}: {policy}");
        Assert.Equal((told, "nosniff"), (told, One("X-Content-Type-Options")));
        Assert.Equal((told, "DENY"), (told, One("X-Frame-Options")));
        Assert.Equal((told, "same-origin"), (told, One("Referrer-Policy")));
        Assert.Equal((told, "no Access-Control-Allow-Origin"), (told, One("Access-Control-Allow-Origin")));
        Assert.True(answer.Headers.CacheControl?.NoStore, $"{told}: {One("Cache-Control")}");
        // Nothing of technologies that are dead, and no base by which links would lead elsewhere.
        if (answer.Content.Headers.ContentType?.MediaType == "text/html")
            Assert.DoesNotMatch("(?i)<(object|embed|applet|frame|frameset|base)[ />]", await answer.Content.ReadAsStringAsync(Cancel));
    }
}
