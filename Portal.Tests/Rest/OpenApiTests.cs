using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Rest;

public sealed partial class OpenApiTests(RunningPortalFixture portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_describes_every_route_with_words_an_answer_and_its_security()
    {
        var portal = await portals.PortalAsync(Cancel);
        var document = await DocumentAsync(portal);
        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString());
        var described = Operations(document).Select(operation => $"{operation.Method} {operation.Path}").ToHashSet();
        foreach (var endpoint in portal.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("api/v1", StringComparison.Ordinal) != true) continue;
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods)
                Assert.Contains($"{method} /{Constraint().Replace(endpoint.RoutePattern.RawText.Trim('/'), "}")}", described);
        }
        foreach (var (method, path, operation) in Operations(document))
        {
            Assert.True(operation.TryGetProperty("summary", out _), $"{method} {path} has no summary");
            Assert.NotEmpty(operation.GetProperty("security").EnumerateArray());
            Assert.Contains(operation.GetProperty("responses").EnumerateObject(), response => response.Name[0] == '2');
            Assert.True(operation.GetProperty("responses").TryGetProperty("422", out _), $"{method} {path} describes no refusal");
        }
    }

    [Fact]
    public async Task Every_reference_of_the_document_leads_somewhere()
    {
        var document = await DocumentAsync(await portals.PortalAsync(Cancel));
        foreach (Match reference in Reference().Matches(document.GetRawText()))
        {
            var at = document;
            foreach (var part in reference.Groups[1].Value.Split('/')) at = at.GetProperty(part);
        }
    }

    [Fact]
    public async Task To_a_stranger_nothing_of_mine_exists_at_any_address()
    {
        var portal = await portals.PortalAsync(Cancel);
        using var mine = await RestClient.SignUpAsync(portal, Cancel);
        using var stranger = await RestClient.SignUpAsync(portal, Cancel);
        var ids = await ThingsAsync(mine);
        var walked = 0;
        foreach (var (method, path, _) in Operations(await DocumentAsync(portal)).Where(operation => operation.Path.Contains("{id}", StringComparison.Ordinal)))
        {
            var kind = path.Split('/')[3];
            var address = path["/api/v1/".Length..].Replace("{id}", ids[kind], StringComparison.Ordinal)
                .Replace("{version}", "1", StringComparison.Ordinal).Replace("{index}", "0", StringComparison.Ordinal)
                .Replace("{person}", ids["projects"], StringComparison.Ordinal).Replace("{invitation}", ids["projects"], StringComparison.Ordinal)
                + (path.EndsWith("/log", StringComparison.Ordinal) ? "?step=greet" : "");
            await stranger.SendAsync(404, new HttpMethod(method), address, method is "GET" or "DELETE" ? null : BodyOf(path, ids), Cancel);
            walked++;
        }
        Assert.True(walked > 20, $"only {walked} routes were walked");
        foreach (var list in (string[])["machines", "endpoints", "workflows", "runs"])
            await stranger.GetAsync($"{list}?project={ids["projects"]}", Cancel, 404);
    }

    private static object? BodyOf(string path, Dictionary<string, string> ids) => path.Split("/{id}")[^1] switch
    {
        "" when path.Contains("projects", StringComparison.Ordinal) => new { name = "x" },
        "/members/{person}" => new { role = "Viewer" },
        "/invitations" => new { role = "Viewer", address = "a@example.org" },
        "" when path.Contains("machines", StringComparison.Ordinal) => new { name = "x", host = "127.0.0.1", user = "u", workFolder = "/w" },
        "" => new { name = "x", url = "ftp://127.0.0.1/x", project = ids["projects"] },
        "/approval" => new { hash = "x", approve = true },
        "/host-keys" => new { fingerprints = new[] { "SHA256:x" } },
        "/check" or "/token" or "/retry" or "/host-keys/scan" => new { securityToken = "x" },
        _ => null,
    };

    private static async Task<Dictionary<string, string>> ThingsAsync(RestClient mine)
    {
        static string Id(JsonElement made) => made.GetProperty("id").GetString()!;
        return new()
        {
            ["projects"] = Id((await mine.GetAsync("projects", Cancel)).GetProperty("items")[0]),
            ["machines"] = Id(await mine.PostAsync("machines", new { name = "one", host = "127.0.0.1", user = "u", workFolder = "/w" }, Cancel)),
            ["endpoints"] = Id(await mine.PostAsync("endpoints", new { name = "data", url = "ftp://127.0.0.1/a" }, Cancel)),
            ["workflows"] = Id(await mine.PostAsync("workflows", new { text = "portal: 1\nname: w\ntitle: W\nsteps:\n  - { id: greet, command: echo }\n" }, Cancel)),
            ["tokens"] = Id((await mine.GetAsync("tokens", Cancel)).GetProperty("items")[0]),
            // A run takes a machine that answers: its own tests look at strangers.
            ["runs"] = Guid.CreateVersion7().ToString("n"),
            // So does a key.
            ["credentials"] = Guid.CreateVersion7().ToString("n"),
        };
    }

    private static async Task<JsonElement> DocumentAsync(TestPortal portal)
    {
        using var http = new HttpClient { BaseAddress = portal.Address };
        return JsonElement.Parse(await http.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative), Cancel));
    }

    private static IEnumerable<(string Method, string Path, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from method in path.Value.EnumerateObject()
        where method.Name is "get" or "put" or "post" or "delete" or "patch"
        select (method.Name.ToUpperInvariant(), path.Name, method.Value);

    [GeneratedRegex(":[a-z]+\\}")]
    private static partial Regex Constraint();

    [GeneratedRegex("\"\\$ref\":\\s*\"#/([^\"]+)\"")]
    private static partial Regex Reference();
}
