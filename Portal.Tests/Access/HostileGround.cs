using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Portal.Tests.Browser;
using Portal.Tests.Rest;

namespace Portal.Tests.Access;

/// <summary>Somebody who is signed in to a portal of their own, in a browser and with a token for everything, with a machine, an endpoint
/// and a workflow to ask about.</summary>
public sealed class HostileGround : IAsyncDisposable
{
    private readonly Visit? visit;

    private HostileGround(Visit? visit, HttpClient program, HttpClient stranger) => (this.visit, Program, Stranger) = (visit, program, stranger);

    /// <summary>The browser, where there is one.</summary>
    public Visit Visit => visit ?? throw new InvalidOperationException("Nobody has a browser here.");

    /// <summary>What a program shows.</summary>
    public string Token { get; private init; } = "";

    /// <summary>A program with a token.</summary>
    public HttpClient Program { get; }

    /// <summary>A program that nobody knows.</summary>
    public HttpClient Stranger { get; }

    /// <summary>The project's id.</summary>
    public string Project { get; private set; } = "";

    /// <summary>Ids by the names of their types.</summary>
    public Dictionary<string, string> Things { get; } = [];

    /// <summary>What opens the key of the machine.</summary>
    public string SecurityToken { get; set; } = "x";

    /// <summary>Signs up, and makes what is asked about.</summary>
    public static async Task<HostileGround> StartAsync(IBrowser browser, string address, CancellationToken cancel)
    {
        var visit = await Visit.StartAsync(browser, address);
        await visit.RegisterAsync("Grace Hopper", $"grace-{Guid.NewGuid():n}@example.org");
        await Assertions.Expect(visit.Page.Locator("summary", new() { HasText = "Grace Hopper" })).ToBeVisibleAsync();
        var cookies = string.Join("; ", (await visit.Context.CookiesAsync()).Select(cookie => $"{cookie.Name}={cookie.Value}"));
        var handler = new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false };
        using var person = new HttpClient(handler) { BaseAddress = new(address) };
        person.DefaultRequestHeaders.Add("Cookie", cookies);
        using var answer = await person.PostAsJsonAsync("/graphql", new
        {
            query = "mutation { issueAccessToken(input: {name: \"tests\"}) { accessToken { text } } }",
        }, cancel);
        var made = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
        var text = made.GetProperty("data").GetProperty("issueAccessToken").GetProperty("accessToken").GetProperty("text").GetString()!;
        return await OfAsync(visit, address, text, cancel);
    }

    /// <summary>The same without a browser.</summary>
    public static Task<HostileGround> OfAsync(string address, string token, CancellationToken cancel) => OfAsync(null, address, token, cancel);

    private static async Task<HostileGround> OfAsync(Visit? visit, string address, string token, CancellationToken cancel)
    {
        var ground = new HostileGround(visit, Client(address), Client(address)) { Token = token };
        ground.Program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await ground.FillAsync(address, token, cancel);
        return ground;
    }

    private static HttpClient Client(string address) =>
        new(new SocketsHttpHandler
        {
            UseCookies = false, AllowAutoRedirect = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        }) { BaseAddress = new(address) };

    private async Task FillAsync(string address, string token, CancellationToken cancel)
    {
        using var rest = RestClient.With(new(address), token);
        static string Id(JsonElement made) => made.GetProperty("id").GetString()!;
        Project = Things["Project"] = Id((await rest.GetAsync("projects", cancel)).GetProperty("items")[0]);
        Things["Machine"] = Id(await rest.PostAsync("machines", new { name = "kept", host = "127.0.0.1", port = 9, user = "u", workFolder = "/w" }, cancel));
        Things["Endpoint"] = Id(await rest.PostAsync("endpoints", new { name = "kept", url = "ftp://127.0.0.1:9/a" }, cancel));
        Things["Workflow"] = Id(await rest.PostAsync("workflows",
            new { text = "portal: 1\nname: kept\ntitle: Kept\nsteps:\n  - { id: a, command: echo }\n" }, cancel));
        foreach (var absent in (string[])["Run", "Credential", "Invitation", "AccessToken", "Person", "AccountInvitation", "Session"])
            Things[absent] = Guid.CreateVersion7().ToString("n");
    }

    public async ValueTask DisposeAsync()
    {
        Program.Dispose();
        Stranger.Dispose();
        if (visit is not null) await visit.DisposeAsync();
    }
}
