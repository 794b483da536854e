using System.Net;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Web.Composition;

/// <summary>What a server tells nobody, and what is configured by nobody.</summary>
public sealed class HardeningTests(RunningPortalFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("sign-in")]
    [InlineData("graphql")]
    [InlineData("api/v1/me")]
    [InlineData("healthz")]
    [InlineData("css/base.css")]
    public async Task No_place_answers_TRACE_with_what_was_sent(string path)
    {
        using var answer = await AskAsync(HttpMethod.Trace, path);
        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain("seen-by-nobody", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("css/")]
    [InlineData("css")]
    [InlineData("_framework/")]
    [InlineData("graphiql/")]
    [InlineData(".git/config")]
    [InlineData(".git/HEAD")]
    [InlineData(".env")]
    [InlineData("appsettings.json")]
    [InlineData("Portal.Web.deps.json")]
    [InlineData("css/..%2f..%2fappsettings.json")]
    [InlineData("metrics")]
    [InlineData("swagger")]
    public async Task No_folder_is_listed_and_no_file_of_the_program_is_given(string path)
    {
        using var answer = await AskAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public void No_password_is_configured_by_default()
    {
        var compose = File.ReadAllText(Repository.PathOf("docker-compose.yml"));
        Assert.Contains("${POSTGRES_PASSWORD:?", compose, StringComparison.Ordinal);
        foreach (var file in (string[])["docker-compose.yml", "Dockerfile", "Portal.Web/appsettings.json"])
            Assert.DoesNotMatch("""(?i)(password|secret|masterkey)["']?\s*[:=]\s*["']?[A-Za-z0-9+/]""", File.ReadAllText(Repository.PathOf(file)));
        Assert.Contains("password :'password'", File.ReadAllText(Repository.PathOf("scripts/compose-database.sql")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_runs_in_the_image_is_the_publish_and_not_the_sources()
    {
        var let = File.ReadAllLines(Repository.PathOf(".dockerignore"));
        Assert.Equal("*", let[0]);
        Assert.DoesNotContain(let, line => line.StartsWith('!') && line.Contains(".git", StringComparison.Ordinal));
        var copied = File.ReadAllLines(Repository.PathOf("Dockerfile")).Where(line => line.StartsWith("COPY", StringComparison.Ordinal)
            || line.StartsWith("ADD", StringComparison.Ordinal));
        Assert.Equal(["COPY publish/ /opt/portal/"], copied);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path)
    {
        var portal = await fixture.PortalAsync(Cancel);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(method, new Uri(portal.Address, path));
        request.Headers.Add("X-Seen", "seen-by-nobody");
        return await http.SendAsync(request, Cancel);
    }
}
