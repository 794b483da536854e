using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Portal.Tests.Rest;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>Who may ask, and how.</summary>
public sealed class DoorTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string Viewer = "{ viewer { id } }";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "UNAUTHENTICATED")]
    [InlineData("Basic YTpi", "UNAUTHENTICATED")]
    [InlineData("Bearer portal_pat_0000", "TOKEN_INVALID")]
    [InlineData("expired", "TOKEN_INVALID")]
    public async Task Who_is_not_known_gets_401_and_is_told_what_to_do(string? header, string code)
    {
        if (header == "expired") header = $"Bearer {(await ground.AccessTokenAsync(ground.Ada, TimeSpan.FromTicks(1))).Text}";
        using var client = new HttpClient { BaseAddress = ground.Portal.Address };
        if (header is not null) client.DefaultRequestHeaders.Add("Authorization", header);
        // Not even whether it is a document is told.
        using var answer = await client.PostAsJsonAsync("graphql", new { query = "{" }, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single());
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var error = body.GetProperty("errors")[0].GetProperty("extensions");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Contains("portal login", error.GetProperty("advice").GetString());
    }

    [Fact]
    public async Task What_a_token_does_is_recorded_as_its_doing_through_this_door()
    {
        var token = await ground.AccessTokenAsync(ground.Ada);
        using var client = With(token.Text);
        var first = await AskAsync(client, AddWorkflow("recorded-one"));
        Assert.False(first.TryGetProperty("errors", out _), first.ToString());
        await AskAsync(client, AddWorkflow("recorded-two"));
        var events = await RecordedAsync(client);
        // Events are told once no transaction that runs could still come before them; another test's may run.
        for (var look = 0; events.Count < 2 && look < 400; look++)
        {
            await Task.Delay(50, Cancel);
            events = await RecordedAsync(client);
        }
        Assert.Equal(2, events.Count);
        var actor = $$"""{"id":"{{token.Id}}","kind":"token","door":"graphql"}""";
        Assert.All(events, node => Assert.Equal(actor, node.GetProperty("actor").ToString()));
        Assert.Equal(2, events.Select(node => node.GetProperty("correlationId").GetString()).Distinct().Count());
    }

    private static async Task<List<JsonElement>> RecordedAsync(HttpClient client) => [.. (await AskAsync(client, """
        { events(where: {types: ["workflow_added"]}) { nodes { actor { id kind door } correlationId body } } }
        """)).GetProperty("data").GetProperty("events").GetProperty("nodes").EnumerateArray()
        .Where(node => node.GetProperty("body").GetProperty("name").GetString()!.StartsWith("recorded-"))];

    [Fact]
    public async Task A_cookie_asks_too_but_no_page_of_another_site()
    {
        using var browser = await CookieVisit.SignUpAsync(ground.Portal.Address, Cancel);
        var answer = await AskAsync(browser.Http, Viewer);
        Assert.NotEqual(JsonValueKind.Null, answer.GetProperty("data").GetProperty("viewer").ValueKind);
        var address = new Uri($"graphql?query={Uri.EscapeDataString(Viewer)}", UriKind.Relative);
        using var bare = await browser.Http.GetAsync(address, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, bare.StatusCode);
        Assert.Contains("CSRF_REFUSED", await bare.Content.ReadAsStringAsync(Cancel));
        browser.Http.DefaultRequestHeaders.Add("GraphQL-Preflight", "1");
        using var asked = await browser.Http.GetAsync(address, Cancel);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        var cookie = ("Cookie", browser.Cookies.GetCookieHeader(ground.Portal.Address));
        await Assert.ThrowsAsync<WebSocketException>(
            () => LiveSocket.OpenAsync(ground.Portal.Address, cookie, ("Origin", "https://other.example")));
    }

    [Fact]
    public async Task Whoever_signs_out_follows_nothing_any_more()
    {
        using var browser = await CookieVisit.SignUpAsync(ground.Portal.Address, Cancel);
        var own = ground.Portal.Address.GetLeftPart(UriPartial.Authority);
        using var socket = await LiveSocket.OpenAsync(ground.Portal.Address,
            ("Cookie", browser.Cookies.GetCookieHeader(ground.Portal.Address)), ("Origin", own));
        await socket.SayAsync(new { type = "connection_init" });
        await socket.HearAsync();
        await socket.SubscribeAsync("subscription { events(after: 0) { type } }");
        Assert.Equal("project_created", (await socket.NextAsync()).GetProperty("type").GetString());
        await browser.SignOutAsync(Cancel);
        Assert.Equal((4403, "You may not follow this any more."), await socket.EndAsync());
    }

    [Fact]
    public async Task A_socket_is_opened_by_who_is_known_and_messages_come_in_order()
    {
        using var nobody = await LiveSocket.OpenAsync(ground.Portal.Address);
        await nobody.SayAsync(new { type = "connection_init" });
        Assert.Equal((4403, "This needs an access token."), await nobody.EndAsync());
        using var wrong = await LiveSocket.OpenAsync(ground.Portal.Address);
        await wrong.SayAsync(new { type = "connection_init", payload = new { Authorization = "Bearer portal_pat_0000" } });
        Assert.Equal((4403, "The access token is unknown, expired or revoked."), await wrong.EndAsync());
        var token = (await ground.AccessTokenAsync(ground.Ada)).Text;
        using var early = await LiveSocket.OpenAsync(ground.Portal.Address, ("Authorization", $"Bearer {token}"));
        await early.SubscribeAsync(Viewer);
        Assert.Equal(4401, (await early.EndAsync()).Code);
        using var twice = await LiveSocket.WithTokenAsync(ground.Portal.Address, token);
        await twice.SubscribeAsync(Viewer);
        Assert.Equal(JsonValueKind.Object, (await twice.NextAsync()).ValueKind);
        await twice.CompleteAsync();
        await twice.SayAsync(new { type = "connection_init" });
        Assert.Equal(4429, (await twice.EndAsync()).Code);
    }

    [Fact]
    public async Task Large_bodies_and_files_are_refused()
    {
        using var client = With((await ground.AccessTokenAsync(ground.Ada)).Text);
        using var large = await client.PostAsJsonAsync("graphql", new { query = new string(' ', 1 << 20) }, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("""{"query":"{ viewer { id } }","variables":{"file":null}}"""), "operations" },
            { new StringContent("""{"0":["variables.file"]}"""), "map" }, { new ByteArrayContent([1]), "0", "a" },
        };
        client.DefaultRequestHeaders.Add("GraphQL-Preflight", "1");
        using var files = await client.PostAsync(new Uri("graphql", UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, files.StatusCode);
    }

    private HttpClient With(string token) => new()
    {
        BaseAddress = ground.Portal.Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    private static async Task<JsonElement> AskAsync(HttpClient client, string query)
    {
        using var answer = await client.PostAsJsonAsync("graphql", new { query }, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static string AddWorkflow(string name)
    {
        var text = JsonSerializer.Serialize(SchemaGround.Description.Replace("one-step", name));
        return $"mutation {{ addWorkflow(input: {{text: {text}}}) {{ workflow {{ id }} errors {{ __typename }} }} }}";
    }
}
