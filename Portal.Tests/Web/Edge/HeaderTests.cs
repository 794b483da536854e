using System.Net;
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
        Assert.True(paths.Count > 80, $"{paths.Count} addresses were found.");
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

    [Fact]
    public async Task What_the_build_made_may_be_kept()
    {
        var portal = await fixture.PortalAsync(Cancel);
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(portal.Address, "icon.svg"), Cancel);
        Assert.NotEqual(true, answer.Headers.CacheControl?.NoStore);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
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
        Assert.Equal((told, "nosniff"), (told, One("X-Content-Type-Options")));
        Assert.Equal((told, "DENY"), (told, One("X-Frame-Options")));
        Assert.Equal((told, "same-origin"), (told, One("Referrer-Policy")));
        Assert.Equal((told, "no Access-Control-Allow-Origin"), (told, One("Access-Control-Allow-Origin")));
        Assert.True(answer.Headers.CacheControl?.NoStore, $"{told}: {One("Cache-Control")}");
    }
}
