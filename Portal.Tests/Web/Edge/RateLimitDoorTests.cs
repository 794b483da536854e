using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portal.Cli.Login;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Tests.Rest;
using Portal.Web.Accounts;

namespace Portal.Tests.Web.Edge;

/// <summary>Limits as who meets them sees them.</summary>
public sealed class RateLimitDoorTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_asks_too_much_is_told_so_at_every_door_and_when_to_come_again()
    {
        // Hardly anything comes back while the test runs.
        await using var portal = await StartAsync(
            "--Portal:Limits:PerAddress=1", "--Portal:Limits:SavedSeconds=600", "--Portal:Proxies=127.0.0.1");
        using var lines = new LoggedLines();
        portal.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        using var client = Client(portal, "203.0.113.7");
        for (var request = 0; request < 620; request++)
            if ((await SendAsync(client, "sign-in")).Status != HttpStatusCode.OK) break;
        var page = await SendAsync(client, "sign-in");
        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.Contains("Wait 1 s, then load the page again.", page.Text);
        var rest = await SendAsync(client, "api/v1/me");
        Assert.Equal(HttpStatusCode.TooManyRequests, rest.Status);
        Assert.Equal("RATE_LIMITED", JsonElement.Parse(rest.Text).GetProperty("code").GetString());
        var graphql = await SendAsync(client, "graphql");
        Assert.Equal(HttpStatusCode.TooManyRequests, graphql.Status);
        var error = JsonElement.Parse(graphql.Text).GetProperty("errors")[0];
        Assert.Equal("RATE_LIMITED", error.GetProperty("extensions").GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(client, "healthz")).Status);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(client, "css/base.css")).Status);
        // However often it is refused, one line a minute says so.
        Assert.Single(lines.All, line => line.Text == "Attempt from 203.0.113.7: too many requests");
        // Others, as the proxy tells them apart, go on.
        using var other = Client(portal, "203.0.113.8");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(other, "sign-in")).Status);
    }

    [Fact]
    public async Task Who_guesses_access_tokens_is_slowed_down_and_a_good_one_works_all_the_same()
    {
        await using var portal = await StartAsync("--Portal:Limits:WrongTries=1");
        using var honest = await RestClient.SignUpAsync(portal, Cancel);
        using var guesser = Client(portal, null);
        var statuses = new List<HttpStatusCode>();
        for (var guess = 0; guess < 4; guess++)
        {
            guesser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"portal_pat_{guess}");
            statuses.Add((await SendAsync(guesser, guess % 2 == 0 ? "api/v1/me" : "graphql")).Status);
        }
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 3), HttpStatusCode.TooManyRequests], statuses);
        await honest.GetAsync("me", Cancel);
    }

    [Fact]
    public async Task A_socket_is_counted_when_it_says_who_it_is()
    {
        // Hardly anything comes back while the test runs.
        await using var portal = await StartAsync(
            "--Portal:Limits:PerAddress=1", "--Portal:Limits:SavedSeconds=60", "--Portal:Limits:WrongTries=1");
        var token = await RestClient.TokenAsync(portal, Cancel);
        for (var open = 0; open < 100; open++) (await LiveSocket.WithTokenAsync(portal.Address, token)).Dispose();
        for (var guess = 0; guess < 4; guess++)
        {
            using var socket = await LiveSocket.OpenAsync(portal.Address);
            await socket.SayAsync(new { type = "connection_init", payload = new { Authorization = $"Bearer portal_pat_{guess}" } });
            Assert.Equal((4403, guess < 3 ? "The access token is unknown, expired or revoked."
                : "Too many wrong access tokens came from this address."), await socket.EndAsync());
        }
    }

    [Fact]
    public async Task Each_operation_of_a_socket_is_counted_and_refused_as_a_request_is()
    {
        // Hardly anything comes back while the test runs.
        await using var portal = await StartAsync("--Portal:Limits:PerToken=1", "--Portal:Limits:SavedSeconds=20");
        using var socket = await LiveSocket.WithTokenAsync(portal.Address, await RestClient.TokenAsync(portal, Cancel));
        for (var asked = 0; ; asked++)
        {
            Assert.True(asked < 100, "Nothing was refused.");
            var id = await socket.SubscribeAsync("{ viewer { id } }");
            var heard = await socket.HearAsync();
            Assert.Equal(id, heard.GetProperty("id").GetString());
            if (heard.GetProperty("type").GetString() == "error")
            {
                Assert.True(asked >= 19, $"{asked} were answered.");
                var error = heard.GetProperty("payload")[0];
                Assert.Equal("RATE_LIMITED", error.GetProperty("extensions").GetProperty("code").GetString());
                Assert.Contains("then go on more slowly", error.GetProperty("extensions").GetProperty("advice").GetString());
                break;
            }
            Assert.Equal("complete", (await socket.HearAsync()).GetProperty("type").GetString());
        }
        // Another token of nobody's who asks too much goes on.
        using var other = await LiveSocket.WithTokenAsync(portal.Address, await RestClient.TokenAsync(portal, Cancel));
        await other.SubscribeAsync("{ viewer { id } }");
        await other.NextAsync();
    }

    [Fact]
    public async Task Who_guesses_passwords_tries_nothing_for_a_while_and_others_sign_in()
    {
        await using var portal = await StartAsync("--Portal:Limits:WrongTries=1", "--Portal:Proxies=127.0.0.1/32");
        using var owner = new WebForms(portal.Address);
        Assert.Null(await owner.SignUpAsync("Ada", "ada@example.org", "correct horse battery", Cancel));
        using var guesser = new WebForms(portal.Address);
        for (var guess = 0; guess < 3; guess++)
            Assert.Contains(SignIn.Refusal, await guesser.SignInAsync("ada@example.org", $"wrong horse battery {guess}", Cancel));
        Assert.Contains(SignIn.TooMany, await guesser.SignInAsync("ada@example.org", "correct horse battery", Cancel));
        using var elsewhere = Client(portal, "203.0.113.9");
        Assert.Equal(HttpStatusCode.Redirect, await SignInAsync(elsewhere, "ada@example.org", "correct horse battery"));
    }

    [Fact]
    public async Task Who_makes_accounts_by_the_dozen_is_stopped()
    {
        await using var portal = await StartAsync("--Portal:Limits:Accounts=2");
        for (var account = 0; account < 3; account++)
        {
            using var web = new WebForms(portal.Address);
            var said = await web.SignUpAsync("Ada", $"ada-{account}@example.org", "correct horse battery", Cancel);
            if (account < 2) Assert.Null(said);
            else Assert.Contains("Too many accounts were made from your address. Try again in an hour.", said);
        }
    }

    [Fact]
    public async Task Nobody_but_a_configured_proxy_says_where_a_request_comes_from()
    {
        await using var portal = await StartAsync("--Portal:Limits:WrongTries=1", "--Portal:Proxies=192.0.2.0/24");
        for (var guess = 0; guess < 4; guess++)
        {
            using var client = Client(portal, $"203.0.113.{guess}");
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"portal_pat_{guess}");
            var expected = guess < 3 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests;
            Assert.Equal(expected, (await SendAsync(client, "api/v1/me")).Status);
        }
    }

    private Task<TestPortal> StartAsync(params string[] settings) =>
        TestPortal.StartAsync(postgres, Cancel, ["--Portal:Roles=web", .. settings]);

    private static HttpClient Client(TestPortal portal, string? address)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = portal.Address };
        if (address is not null) client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        return client;
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpClient client, string path)
    {
        using var answer = path == "graphql" ? await client.PostAsJsonAsync(path, new { query = "{ viewer { id } }" }, Cancel)
            : await client.GetAsync(path, Cancel);
        if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 120);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task<HttpStatusCode> SignInAsync(HttpClient client, string mail, string password)
    {
        var html = await client.GetStringAsync("sign-in", Cancel);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = "sign-in", ["Given.Mail"] = mail, ["Given.Password"] = password,
            ["__RequestVerificationToken"] = html.Split("name=\"__RequestVerificationToken\" value=\"")[1].Split('"')[0],
        });
        using var answer = await client.PostAsync("sign-in", form, Cancel);
        return answer.StatusCode;
    }
}
