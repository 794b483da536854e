using System.Net;

namespace Portal.Tests.Rest;

/// <summary>Somebody who is signed in by a cookie, as a browser is, and posts the portal's forms.</summary>
public sealed class CookieVisit : IDisposable
{
    /// <summary>The password of all who sign up here.</summary>
    public const string Password = "correct horse battery";

    private readonly HttpClientHandler handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };

    /// <summary>Somebody whom nobody knows yet.</summary>
    public CookieVisit(Uri portal) => Http = new HttpClient(handler) { BaseAddress = portal };

    public HttpClient Http { get; }

    public CookieContainer Cookies => handler.CookieContainer;

    /// <summary>The sealed session; null without one.</summary>
    public string? Session => Cookies.GetCookies(Http.BaseAddress!)
        .FirstOrDefault(cookie => cookie.Name.EndsWith("portal-session", StringComparison.Ordinal))?.Value;

    /// <summary>Somebody new.</summary>
    public static async Task<CookieVisit> SignUpAsync(
        Uri portal, CancellationToken cancel, string? mail = null, string password = Password)
    {
        var visit = new CookieVisit(portal);
        using var signed = await visit.RedirectedAsync("register", "register", new()
        {
            ["_handler"] = "register", ["Given.Name"] = "Ada", ["Given.Mail"] = mail ?? $"{Guid.NewGuid():n}@example.org",
            ["Given.Password"] = password, ["Given.Again"] = password,
        }, cancel);
        return visit;
    }

    /// <summary>Fills the form to sign in; where it leads to, or null when it did not work.</summary>
    public async Task<string?> SignInAsync(string mail, string password, CancellationToken cancel)
    {
        using var answer = await PostAsync("sign-in", "sign-in",
            new() { ["_handler"] = "sign-in", ["Given.Mail"] = mail, ["Given.Password"] = password }, cancel);
        return answer.Headers.Location is { } there ? new Uri(Http.BaseAddress!, there).PathAndQuery : null;
    }

    public Task<HttpResponseMessage> SignOutAsync(CancellationToken cancel) => RedirectedAsync("account", "sign-out", [], cancel);

    /// <summary>Posts a form with the token against forgery of a page that has it.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string page, string target, Dictionary<string, string> fields, CancellationToken cancel)
    {
        fields["__RequestVerificationToken"] = await ForgeryAsync(page, cancel);
        using var form = new FormUrlEncodedContent(fields);
        return await Http.PostAsync(new Uri(target, UriKind.Relative), form, cancel);
    }

    /// <summary>The token against forgery of a page.</summary>
    public async Task<string> ForgeryAsync(string page, CancellationToken cancel)
    {
        var html = await Http.GetStringAsync(new Uri(page, UriKind.Relative), cancel);
        return html.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
    }

    private async Task<HttpResponseMessage> RedirectedAsync(
        string page, string target, Dictionary<string, string> fields, CancellationToken cancel)
    {
        var answer = await PostAsync(page, target, fields, cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer;
    }

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }
}
