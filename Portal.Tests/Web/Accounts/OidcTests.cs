using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using Portal.Tests.Rest;
using Portal.Web.Accounts;

namespace Portal.Tests.Web.Accounts;

/// <summary>What the portal takes of a provider of OpenID Connect, and what it does not.</summary>
public sealed class OidcTests(OidcGround ground) : IClassFixture<OidcGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Wrong =>
        ["signature", "unsigned", "secret", "published secret", "aud", "iss", "nonce", "no nonce", "expired"];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_token_that_is_not_for_this_portal_and_this_sign_in_signs_nobody_in(string what)
    {
        using var visit = new CookieVisit(ground.Portal.Address);
        using var other = RSA.Create(2048);
        var ended = await ground.SignInAsync(visit, nonce => ground.One.Make($"{Guid.NewGuid():n}", nonce, token =>
        {
            if (what == "signature") token.SigningCredentials = new(new RsaSecurityKey(other) { KeyId = "rsa" }, "RS256");
            if (what == "unsigned") token.SigningCredentials = null;
            if (what == "secret")
                token.SigningCredentials = new(new SymmetricSecurityKey(SHA256.HashData(Encoding.UTF8.GetBytes("of the portal alone"))), "HS256");
            if (what == "published secret") token.SigningCredentials = new(ground.One.Shared, "HS256");
            if (what == "aud") token.Audience = "somebody else";
            if (what == "iss") token.Issuer = ground.Two.Address;
            if (what == "nonce") token.Claims["nonce"] = "of another sign-in";
            if (what == "no nonce") token.Claims.Remove("nonce");
            if (what == "expired") token.Expires = DateTime.UtcNow.AddHours(-1);
        }));
        Assert.Equal("/sign-in?refused=failed&by=one", ended);
        Assert.Null(visit.Session);
    }

    [Fact]
    public async Task A_token_is_good_for_the_sign_in_that_asked_for_it_and_not_for_the_next()
    {
        using var visit = new CookieVisit(ground.Portal.Address);
        var kept = "";
        Assert.Equal("/account", await ground.SignInAsync(visit, nonce => kept = ground.One.Make("replayed", nonce)));
        using var thief = new CookieVisit(ground.Portal.Address);
        Assert.Equal("/sign-in?refused=failed&by=one", await ground.SignInAsync(thief, _ => kept));
    }

    [Fact]
    public async Task The_same_subject_at_two_providers_is_two_people()
    {
        var subject = $"{Guid.NewGuid():n}";
        foreach (var (name, issuer) in (IEnumerable<(string, OidcIssuer)>)[("one", ground.One), ("two", ground.Two), ("one", ground.One)])
        {
            using var visit = new CookieVisit(ground.Portal.Address);
            Assert.Equal("/account", await ground.SignInAsync(visit, nonce => issuer.Make(subject, nonce), name));
        }
        await using var command = ground.Portal.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select count(distinct user_id) from accounts.user_logins where provider_key = $1");
        command.Parameters.Add(new() { Value = subject });
        Assert.Equal(2L, await command.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task An_answer_that_belongs_to_another_provider_signs_nobody_in()
    {
        using var visit = new CookieVisit(ground.Portal.Address);
        Assert.Equal("/sign-in?refused=state&by=two",
            await ground.SignInAsync(visit, nonce => ground.One.Make("mixed up", nonce), answered: "two"));
        Assert.Null(visit.Session);
    }

    [Fact]
    public async Task Metadata_of_another_issuer_are_refused()
    {
        using var visit = new CookieVisit(ground.Portal.Address);
        Assert.Equal("/sign-in?refused=failed&by=impostor", (await OidcGround.BeginAsync(visit, "impostor")).OriginalString);
    }

    [Fact]
    public async Task A_link_or_a_form_of_elsewhere_begins_nothing()
    {
        using var visit = new CookieVisit(ground.Portal.Address);
        using var link = await visit.Http.GetAsync(new Uri("sign-in/with/one", UriKind.Relative), Cancel);
        Assert.Contains(link.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed]);
        using var form = await visit.Http.PostAsync(new Uri("sign-in/with/one", UriKind.Relative), new FormUrlEncodedContent([]), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, form.StatusCode);
        // What is asked for is a code with PKCE, and no token by way of the browser.
        var asked = QueryHelpers.ParseQuery((await OidcGround.BeginAsync(visit, "one")).Query);
        Assert.Equal(("code", "S256"), (asked["response_type"].ToString(), asked["code_challenge_method"].ToString()));
    }

    [Theory]
    [InlineData("one", "mfa", true)]
    [InlineData("one", "pwd", false)]
    [InlineData("two", "mfa", false)]
    public async Task A_second_factor_of_a_provider_counts_where_it_is_trusted_with_that_and_says_so(
        string provider, string method, bool counts)
    {
        using var visit = new CookieVisit(ground.Portal.Address);
        var issuer = provider == "one" ? ground.One : ground.Two;
        await ground.SignInAsync(visit, nonce => issuer.Make($"{Guid.NewGuid():n}", nonce,
            token => token.Claims["amr"] = new[] { method }), provider);
        Assert.Equal(counts ? "" : SecondFactorDoor.Page, await OidcGround.GetAsync(visit, "account"));
    }

    [Fact]
    public async Task Who_has_a_second_factor_here_is_asked_for_it_and_tokens_of_providers_are_not_kept()
    {
        var subject = $"{Guid.NewGuid():n}";
        using var visit = new CookieVisit(ground.Portal.Address);
        await ground.SignInAsync(visit, nonce => ground.Two.Make(subject, nonce), "two");
        await using var command = ground.Portal.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "update accounts.users set two_factor_enabled = true where id = (select user_id from accounts.user_logins where provider_key = $1)");
        command.Parameters.Add(new() { Value = subject });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(Cancel));
        using var again = new CookieVisit(ground.Portal.Address);
        Assert.StartsWith("/sign-in/code?then=%2Faccount", await ground.SignInAsync(again, nonce => ground.Two.Make(subject, nonce), "two"));
        Assert.Null(again.Session);
        await using var kept = ground.Portal.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "select count(*) from accounts.user_tokens where value like '%of-no-use-to-anybody%'");
        Assert.Equal(0L, await kept.ExecuteScalarAsync(Cancel));
    }
}
