using System.Net;
using System.Net.Http.Json;
using Portal.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;
using Portal.Web.Mail;

namespace Portal.Tests.Web.Accounts;

/// <summary>The secret of a link is kept by the portal, in a cookie that tells nothing and that no script reads.</summary>
public sealed class LinkSecretsTests(RunningPortalFixture fixture)
{
    private static readonly string Secret = MailLink.Reset(Guid.NewGuid(), "of-this-link").Split('#')[1];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_kept_for_an_hour_where_no_script_reads_it_until_somebody_signs_out()
    {
        using var visit = await CookieVisit.SignUpAsync((await fixture.PortalAsync(Cancel)).Address, Cancel);
        Assert.Contains("Open the link of the mail", await ResetPageAsync(visit), StringComparison.Ordinal);
        using var kept = await KeepAsync(visit, Secret);
        Assert.Equal(HttpStatusCode.NoContent, kept.StatusCode);
        var cookie = Assert.Single(kept.Headers.GetValues("Set-Cookie"));
        foreach (var part in (string[])["portal-reset=", "max-age=3600", "path=/", "samesite=strict", "httponly"])
            Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Secret, cookie, StringComparison.Ordinal);
        var page = await ResetPageAsync(visit);
        Assert.Contains("Change password", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, page, StringComparison.Ordinal);
        using (await visit.SignOutAsync(Cancel))
            Assert.Contains("Open the link of the mail", await ResetPageAsync(visit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_kind_serves_no_other_and_a_cookie_that_was_changed_none()
    {
        using var visit = new CookieVisit((await fixture.PortalAsync(Cancel)).Address);
        using (await KeepAsync(visit, InvitationSecret.Prefix + new string('0', 64)))
            Assert.Contains("Open the link of the mail", await ResetPageAsync(visit), StringComparison.Ordinal);
        var sealedOne = visit.Cookies.GetCookies(visit.Http.BaseAddress!)["portal-invitation"]!.Value;
        foreach (var value in (string[])[sealedOne, "nonsense", Secret])
        {
            visit.Cookies.Add(visit.Http.BaseAddress!, new Cookie("portal-reset", value));
            Assert.Contains("Open the link of the mail", await ResetPageAsync(visit), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("of-this-link")]
    [InlineData("portal_other_00")]
    [InlineData(" portal_reset_00")]
    public async Task What_is_no_secret_of_a_link_is_refused(string? secret)
    {
        using var visit = new CookieVisit((await fixture.PortalAsync(Cancel)).Address);
        using var answer = await KeepAsync(visit, secret);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(visit.Cookies.GetAllCookies());
    }

    [Fact]
    public async Task Pages_of_other_sites_and_what_is_too_long_are_refused()
    {
        using var visit = new CookieVisit((await fixture.PortalAsync(Cancel)).Address);
        using (var answer = await KeepAsync(visit, Secret, "https://evil.example.org"))
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        using (var answer = await KeepAsync(visit, Secret + new string('x', 2000)))
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(visit.Cookies.GetAllCookies());
    }

    private static Task<string> ResetPageAsync(CookieVisit visit) =>
        visit.Http.GetStringAsync(new Uri("reset-password", UriKind.Relative), Cancel);

    private static async Task<HttpResponseMessage> KeepAsync(CookieVisit visit, string? secret, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("links", UriKind.Relative))
        {
            Content = JsonContent.Create(new { secret }),
        };
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await visit.Http.SendAsync(request, Cancel);
    }
}
