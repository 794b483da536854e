using System.Security.Claims;
using Portal.Domain.Accounts;
using Portal.Web.Accounts.Providers;
using Portal.Web.Components.Accounts;
using Portal.Web.Composition;

namespace Portal.Tests.Web.Accounts;

/// <summary>What is configured of providers, and what is taken from them.</summary>
public sealed class ProviderSettingsTests
{
    [Fact]
    public void Of_a_thousand_groups_those_that_grant_something_are_kept()
    {
        var provider = new Provider("campus", new() { Grants = { new() { Claim = "groups", Value = "tides" } } });
        (string Type, string Value)[] known = [("sub", "42"), ("name", "Grace"), ("email", "grace@example.org"),
            ("email_verified", "True"), ("phone", "1"), ("groups", "tides"), ("groups", "tides")];
        var told = known.Select(claim => new Claim(claim.Type, claim.Value))
            .Concat(Enumerable.Range(0, 1000).Select(at => new Claim("groups", $"group-{at}")));
        var kept = ProviderPerson.Reduce(provider, new(new ClaimsIdentity(told)));
        Assert.Equal(
            ["email=grace@example.org", "email_verified=True", "groups=tides", $"{ClaimTypes.NameIdentifier}=42", "name=Grace"],
            kept.Claims.Select(claim => $"{claim.Type}={claim.Value}").Order(StringComparer.Ordinal));
        Assert.True(new ProviderPerson(provider, "42", kept).MailVerified);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\t/evil.example")]
    public void Nothing_leads_out_of_the_portal(string then) => Assert.Equal("/", Local.Path(then));

    [Theory]
    [InlineData("Campus", "https://a.example", "", "b")]
    [InlineData("campus", "http://a.example", "", "b")]
    [InlineData("campus", "", "https://a.example", "b")]
    [InlineData("campus", "https://a.example", "", "")]
    public void A_provider_that_is_half_configured_or_not_safe_is_refused_at_start(
        string name, string authority, string authorization, string client)
    {
        var half = new ProviderSettings { Authority = authority, AuthorizationEndpoint = authorization, ClientId = client };
        Assert.Throws<FormatException>(() => half.Check(name));
    }

    [Fact]
    public void A_grant_of_nothing_is_refused_at_start_and_a_whole_provider_is_taken()
    {
        ProviderSettings With(GrantSettings grant) =>
            new() { Authority = "https://a.example", ClientId = "b", Grants = { grant } };
        With(new() { Claim = "groups", Value = "a", Administrator = true }).Check("campus");
        Assert.Throws<FormatException>(() => With(new() { Claim = "groups", Value = "a" }).Check("campus"));
        Assert.Throws<FormatException>(() => With(new() { Claim = "groups", Value = "a", Project = "tides" }).Check("campus"));
        Assert.Throws<FormatException>(() => With(new() { Administrator = true }).Check("campus"));
    }

    [Fact]
    public void A_provider_vouches_for_a_second_factor_by_the_values_that_are_configured_and_by_an_ID_token_alone()
    {
        static ClaimsPrincipal Token(string type, string value) => new(new ClaimsIdentity([new Claim(type, value)]));
        var settings = new ProviderSettings { Authority = "https://a.example", ClientId = "b", SecondFactorAmr = "mfa hwk", SecondFactorAcr = "gold" };
        settings.Check("campus");
        Assert.True(settings.Vouches);
        foreach (var (type, value) in (IEnumerable<(string, string)>)[("amr", "mfa"), ("amr", "hwk"), ("acr", "gold")])
            Assert.True(settings.IsVouched(Token(type, value)));
        foreach (var (type, value) in (IEnumerable<(string, string)>)[("amr", "pwd"), ("amr", "gold"), ("acr", "mfa"), ("acr", "")])
            Assert.False(settings.IsVouched(Token(type, value)));
        Assert.False(new ProviderSettings().IsVouched(Token("amr", "mfa")));
        var plain = new ProviderSettings
        {
            AuthorizationEndpoint = "https://a.example", TokenEndpoint = "https://a.example", UserEndpoint = "https://a.example",
            ClientId = "b", SecondFactorAmr = "mfa",
        };
        Assert.Throws<FormatException>(() => plain.Check("campus"));
    }

    [Theory]
    [InlineData("offered", SecondFactorMode.Offered)]
    [InlineData(" Administrators", SecondFactorMode.Administrators)]
    [InlineData("everyone", SecondFactorMode.Everyone)]
    public void Of_whom_a_second_factor_is_demanded_is_one_of_three_words(string word, SecondFactorMode mode)
    {
        Assert.Equal(mode, new PortalSettings { SecondFactor = word }.SecondFactorRule.Mode);
        Assert.Throws<FormatException>(() => new PortalSettings { SecondFactor = $"{word}?" }.SecondFactorRule);
    }

    [Theory]
    [InlineData("access_denied", false, "access_denied")]
    [InlineData("<script>", false, ProviderRefusals.Failed)]
    [InlineData(null, true, ProviderRefusals.State)]
    public void An_error_of_a_provider_is_one_that_there_is(string? error, bool unknown, string code)
    {
        Assert.Equal(code, ProviderRefusals.CodeOf(error, unknown));
        Assert.Contains("Campus", ProviderRefusals.Words(code, "Campus"), StringComparison.Ordinal);
    }
}
