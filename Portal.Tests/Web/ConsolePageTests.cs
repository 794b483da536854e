using Portal.Tests.Fixtures;
using Portal.Tests.Rest;

namespace Portal.Tests.Web;

/// <summary>The console's page by HTTP, as the server draws it first.</summary>
public sealed class ConsolePageTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Built_without_npm_the_page_says_what_it_takes_and_where_the_API_is()
    {
        var html = await ShownAsync();
        Assert.Contains("The console was not built", html);
        Assert.Contains("Node.js 18 or later", html);
        Assert.Contains("apt-get install nodejs npm", html);
        Assert.Contains("<code>/graphql</code>", html);
        Assert.Contains("href=\"/account/tokens\"", html);
        Assert.DoesNotContain("data-testid=\"console\"", html);
        Assert.DoesNotContain("graphiql/console", html);
    }

    [Fact]
    public async Task Built_with_npm_the_page_has_a_place_for_the_console()
    {
        var html = await ShownAsync("console.js");
        Assert.Contains("data-testid=\"console\"", html);
        Assert.Contains("graphiql/console.css", html);
        Assert.DoesNotContain("The console was not built", html);
    }

    // A portal whose static files are nothing but these parts of the console.
    private async Task<string> ShownAsync(params string[] parts)
    {
        var folder = Directory.CreateTempSubdirectory("portal-assets-");
        try
        {
            var console = folder.CreateSubdirectory("graphiql");
            foreach (var part in parts) await File.WriteAllTextAsync(Path.Combine(console.FullName, part), "", Cancel);
            await using var portal = await TestPortal.StartAsync(
                postgres, Cancel, "--Portal:Roles=web", $"--webroot={folder.FullName}");
            using var visit = await CookieVisit.SignUpAsync(portal.Address, Cancel);
            return await visit.Http.GetStringAsync(new Uri("console", UriKind.Relative), Cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
