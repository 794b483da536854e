using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Portal.Cli.Login;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Rest;

public sealed class AuthenticationTests(RunningPortalFixture portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "UNAUTHENTICATED")]
    [InlineData("portal_pat_0000", "TOKEN_INVALID")]
    [InlineData("something else", "TOKEN_INVALID")]
    public async Task Without_a_good_token_the_answer_is_401_and_says_how_to_sign_in(string? token, string code)
    {
        using var program = RestClient.Nobody(await portals.PortalAsync(Cancel), token);
        using var answer = await program.Http.GetAsync("projects", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_token_opens_the_door_and_a_revoked_one_closes_it()
    {
        using var program = await RestClient.SignUpAsync(await portals.PortalAsync(Cancel), Cancel);
        Assert.Equal("Ada", (await program.GetAsync("me", Cancel)).GetProperty("name").GetString());
        var token = Assert.Single((await program.GetAsync("tokens", Cancel)).GetProperty("items").EnumerateArray());
        await program.DeleteAsync($"tokens/{token.GetProperty("id").GetString()}", Cancel);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (true)
        {
            using var answer = await program.Http.GetAsync("me", deadline.Token);
            if (answer.StatusCode == HttpStatusCode.Unauthorized) return;
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    [Fact]
    public async Task A_cookie_opens_nothing()
    {
        var portal = await portals.PortalAsync(Cancel);
        using var browser = await CookieVisit.SignUpAsync(portal.Address, Cancel);
        Assert.NotNull(browser.Cookies.GetCookies(portal.Address)["portal-session"]);
        using var read = await browser.Http.GetAsync(new Uri("api/v1/projects", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, read.StatusCode);
        // The one route that takes it wants the forgery token besides.
        using var made = await browser.Http.PostAsJsonAsync("api/v1/tokens", new { name = "stolen" }, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, made.StatusCode);
        Assert.Equal("application/problem+json", made.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_token_makes_no_tokens()
    {
        using var program = await RestClient.SignUpAsync(await portals.PortalAsync(Cancel), Cancel);
        await program.PostAsync("tokens", new { name = "another" }, Cancel, status: 401);
    }

    [Fact]
    public async Task Signing_in_with_a_wrong_password_is_told_in_words()
    {
        var portal = await portals.PortalAsync(Cancel);
        using var web = new WebForms(portal.Address);
        Assert.Contains("not right", await web.SignInAsync("nobody@example.org", "wrong password", Cancel));
        Assert.Contains("12 characters", await web.SignUpAsync("Ada", $"{Guid.NewGuid():n}@example.org", "short", Cancel));
    }
}
