using System.Net;
using System.Text.RegularExpressions;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;

namespace Portal.Tests.Web.Edge;

/// <summary>What a person gets where a page fails.</summary>
public sealed partial class FaultPageTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_that_fails_says_so_with_the_number_in_the_log_and_keeps_its_headers()
    {
        await using var portal = await TestPortal.StartAsync(postgres, Cancel);
        using var browser = await CookieVisit.SignUpAsync(portal.Address, Cancel);
        await PostgresFixture.RunAsync(portal.Database, "alter table accounts.users rename to users_away");
        using var answer = await browser.Http.GetAsync(new Uri(portal.Address, "account"), Cancel);
        await PostgresFixture.RunAsync(portal.Database, "alter table accounts.users_away rename to users");
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("Something failed here", page, StringComparison.Ordinal);
        Assert.DoesNotContain("users", page, StringComparison.Ordinal);
        Guarded(answer);
        var log = await File.ReadAllTextAsync(Path.Combine(portal.Places.Recordings[0], "log"), Cancel);
        Assert.Contains($"{Number().Match(page).Groups[1].Value}: /account failed: PostgresException", log, StringComparison.Ordinal);
        using var again = await browser.Http.GetAsync(new Uri(portal.Address, "account"), Cancel);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_told_so_by_a_page()
    {
        await using var portal = await TestPortal.StartAsync(postgres, Cancel);
        using var browser = await CookieVisit.SignUpAsync(portal.Address, Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(portal.Address, "account"))
        {
            Content = new ByteArrayContent(new byte[40_000_000]),
        };
        request.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
        request.Headers.ExpectContinue = true;
        using var answer = await browser.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Guarded(answer);
        Assert.Contains("too large", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_failed_is_nothing_to_be_told()
    {
        await using var portal = await TestPortal.StartAsync(postgres, Cancel);
        using var browser = await CookieVisit.SignUpAsync(portal.Address, Cancel);
        Assert.Contains("There is nothing here", await browser.Http.GetStringAsync(new Uri(portal.Address, "error"), Cancel), StringComparison.Ordinal);
    }

    private static void Guarded(HttpResponseMessage answer)
    {
        Assert.Contains("frame-ancestors 'none'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [GeneratedRegex("<code title=\"([^\"]+)\"")]
    private static partial Regex Number();
}
