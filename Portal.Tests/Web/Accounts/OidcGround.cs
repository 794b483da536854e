using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;

namespace Portal.Tests.Web.Accounts;

/// <summary>A portal that demands a second factor, and two providers: the first is trusted to say that it asked for one. A third
/// entry's metadata is another issuer's.</summary>
public sealed class OidcGround(PostgresFixture postgres) : IAsyncLifetime
{
    public OidcIssuer One { get; private set; } = null!;

    public OidcIssuer Two { get; private set; } = null!;

    public TestPortal Portal { get; private set; } = null!;

    private OidcIssuer Impostor { get; set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (One, Two) = (await OidcIssuer.StartAsync(default), await OidcIssuer.StartAsync(default));
        Impostor = await OidcIssuer.StartAsync(default);
        Impostor.Issuer = One.Address;
        Portal = await TestPortal.StartAsync(postgres, default,
            ["--Portal:Roles=web", "--Portal:SecondFactor=everyone", "--Portal:Providers:one:SecondFactorAmr=mfa",
                .. Provider("one", One), .. Provider("two", Two), .. Provider("impostor", Impostor)]);
    }

    /// <summary>Sends the form that begins; where it leads.</summary>
    public static async Task<Uri> BeginAsync(CookieVisit visit, string provider)
    {
        using var answer = await visit.PostAsync("sign-in", $"sign-in/with/{provider}", new() { ["then"] = "/account" }, Cancel);
        if (answer.Headers.Location is { } there) return there;
        var page = await answer.Content.ReadAsStringAsync(Cancel);
        return new(WebUtility.HtmlDecode(page.Split("content=\"0;url=")[1].Split('"')[0]));
    }

    /// <summary>Signs in from beginning to end, with what the provider makes of a nonce; where it ends.</summary>
    public async Task<string> SignInAsync(CookieVisit visit, Func<string, string> token, string begun = "one", string? answered = null)
    {
        var asked = QueryHelpers.ParseQuery((await BeginAsync(visit, begun)).Query);
        (begun == "one" ? One : Two).Token = token(asked["nonce"].ToString());
        var state = Uri.EscapeDataString(asked["state"].ToString());
        var back = await GetAsync(visit, $"sign-in/from/{answered ?? begun}?code=any&state={state}");
        return back.StartsWith("/sign-in/arrived", StringComparison.Ordinal) ? await GetAsync(visit, "sign-in/finish") : back;
    }

    /// <summary>Where a page leads to; empty where it stands.</summary>
    public static async Task<string> GetAsync(CookieVisit visit, string page)
    {
        using var answer = await visit.Http.GetAsync(new Uri(page, UriKind.Relative), Cancel);
        return answer.Headers.Location?.OriginalString ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        if (Portal is not null) await Portal.DisposeAsync();
        foreach (var issuer in (OidcIssuer?[])[One, Two, Impostor])
            if (issuer is not null) await issuer.DisposeAsync();
    }

    private static string[] Provider(string name, OidcIssuer issuer) =>
    [
        $"--Portal:Providers:{name}:Authority={issuer.Address}", $"--Portal:Providers:{name}:ClientId={OidcIssuer.Client}",
        $"--Portal:Providers:{name}:ClientSecret=of the portal alone",
    ];
}
