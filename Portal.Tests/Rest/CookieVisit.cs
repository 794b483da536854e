using System.Net;

namespace Portal.Tests.Rest;

/// <summary>Somebody new who is signed in by a cookie, as a browser is.</summary>
public sealed class CookieVisit : IDisposable
{
    private readonly HttpClientHandler handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };

    private CookieVisit(Uri portal) => Http = new HttpClient(handler) { BaseAddress = portal };

    public HttpClient Http { get; }

    public CookieContainer Cookies => handler.CookieContainer;

    public static async Task<CookieVisit> SignUpAsync(Uri portal, CancellationToken cancel)
    {
        var visit = new CookieVisit(portal);
        using var signed = await visit.SubmitAsync("register", "register", new()
        {
            ["_handler"] = "register", ["Given.Name"] = "Ada", ["Given.Mail"] = $"{Guid.NewGuid():n}@example.org",
            ["Given.Password"] = "correct horse battery", ["Given.Again"] = "correct horse battery",
        }, cancel);
        return visit;
    }

    public Task<HttpResponseMessage> SignOutAsync(CancellationToken cancel) => SubmitAsync("account", "sign-out", [], cancel);

    // Takes the forgery token from a page that has it.
    private async Task<HttpResponseMessage> SubmitAsync(string page, string target, Dictionary<string, string> fields, CancellationToken cancel)
    {
        var html = await Http.GetStringAsync(new Uri(page, UriKind.Relative), cancel);
        fields["__RequestVerificationToken"] = html.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0];
        using var form = new FormUrlEncodedContent(fields);
        var answer = await Http.PostAsync(new Uri(target, UriKind.Relative), form, cancel);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer;
    }

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }
}
