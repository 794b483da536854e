using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Portal.Cli.Login;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Rest;

/// <summary>A program that uses a portal with a token of a person who just signed up.</summary>
public sealed class RestClient : IDisposable
{
    private RestClient(Uri portal, string? token)
    {
        Http = new HttpClient { BaseAddress = new Uri(portal, "api/v1/") };
        if (token is not null) Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Secrets.Note("an access token", token, SecretKind.Shown));
    }

    public HttpClient Http { get; }

    /// <summary>Somebody new, signed up as a browser does.</summary>
    public static async Task<RestClient> SignUpAsync(TestPortal portal, CancellationToken cancel) => new(portal.Address, await TokenAsync(portal, cancel));

    /// <summary>A program without a token.</summary>
    public static RestClient Nobody(TestPortal portal, string? token = null) => new(portal.Address, token);

    /// <summary>A program with a token, at any portal.</summary>
    public static RestClient With(Uri portal, string token) => new(portal, token);

    public static async Task<string> TokenAsync(TestPortal portal, CancellationToken cancel)
    {
        using var web = new WebForms(portal.Address);
        var mail = $"{Guid.NewGuid():n}@example.org";
        Assert.Null(await web.SignUpAsync("Ada", mail, "correct horse battery", cancel));
        return await web.TokenAsync("tests", cancel);
    }

    /// <summary>The answer's JSON; its status must be the one expected.</summary>
    public async Task<JsonElement> SendAsync(int status, HttpMethod method, string path, object? body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = body as HttpContent ?? JsonContent.Create(body);
        using var answer = await Http.SendAsync(request, cancel);
        var text = await answer.Content.ReadAsStringAsync(cancel);
        Assert.True(status == (int)answer.StatusCode, $"{method} {path}: {(int)answer.StatusCode} instead of {status}\n{text}");
        if (status >= 400) Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken cancel, int status = 200) => SendAsync(status, HttpMethod.Get, path, null, cancel);

    public Task<JsonElement> PostAsync(string path, object? body, CancellationToken cancel, int status = 201) =>
        SendAsync(status, HttpMethod.Post, path, body, cancel);

    public Task<JsonElement> PutAsync(string path, object body, CancellationToken cancel, int status = 200) =>
        SendAsync(status, HttpMethod.Put, path, body, cancel);

    public Task<JsonElement> DeleteAsync(string path, CancellationToken cancel, int status = 204) =>
        SendAsync(status, HttpMethod.Delete, path, null, cancel);

    public void Dispose() => Http.Dispose();
}
