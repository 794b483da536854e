using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;

namespace Portal.Tests.Access;

/// <summary>A portal that does no work, and visitors whose cookies stay what they are: somebody whom nobody knows, who gave a
/// password alone, who is signed in; and a program.</summary>
public sealed class HostileDoors(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly List<IDisposable> open = [];
    private readonly LoggedLines lines = new();
    private TestPortal portal = null!;

    /// <summary>A file that is made where a string is executed.</summary>
    public string Canary => Path.Combine(portal.Folder, "canary");

    internal HostileGround Ground { get; private set; } = null!;

    /// <summary>What there is to put strings into, by door.</summary>
    internal Dictionary<string, IReadOnlyList<HostileInput>> Inputs { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        portal = await TestPortal.StartAsync(postgres, default, ["--Portal:Roles=web", "--Portal:Limits:PerToken=0",
            "--Portal:Limits:PerAccount=0",
            "--Portal:Limits:PerAddress=0", .. AccessGround.ProviderSettings]);
        portal.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
        using var grace = await CookieVisit.SignUpAsync(portal.Address, default);
        using var made = await grace.Http.PostAsJsonAsync("graphql",
            new { query = "mutation { issueAccessToken(input: {name: \"tests\"}) { accessToken { text } } }" }, Cancel);
        var token = (await made.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("data").GetProperty("issueAccessToken")
            .GetProperty("accessToken").GetProperty("text").GetString()!;
        Ground = await HostileGround.OfAsync(portal.Address.ToString(), token, Cancel);
        using var nobody = new CookieVisit(portal.Address);
        using var half = await HalfSignedIn.Async(portal, Cancel);
        using var ada = await CookieVisit.SignUpAsync(portal.Address, default);
        foreach (var visit in (CookieVisit[])[nobody, ada])
            foreach (var secret in (string[])["portal_inv_x", "portal_mail_x", "portal_reset_x"])
                using (await visit.Http.PostAsJsonAsync("links", new { secret }, Cancel)) { }
        var person = await FixedAsync(grace);
        Inputs["GraphQL"] = [.. HostileGraphQL.Of(Ground), .. HostileSocket.All];
        Inputs["REST"] = await HostileRest.OfAsync(Ground, Cancel);
        Inputs["pages"] =
        [
            .. await HostileForms.OfPagesAsync(await FixedAsync(nobody), "nobody", HostileAddresses.Pages, Cancel),
            .. await HostileForms.OfPagesAsync(await FixedAsync(half), "password alone", ["/sign-in/code"], Cancel),
            .. await HostileForms.OfPagesAsync(await FixedAsync(ada), "person", HostileAddresses.Pages.Where(page =>
                page.StartsWith("/account", StringComparison.Ordinal)
                || page is "/invitation" or "/confirm-mail"), Cancel),
            .. HostileAddresses.OfPages(person),
        ];
        Inputs["files, OAuth and headers"] = [.. HostileAddresses.OfFiles(person), .. HostileForms.OfOAuth,
            .. HostileHeaders.All];
    }

    /// <summary>No trap has sprung, nothing failed inside, and nobody's tables are gone.</summary>
    public async Task NothingHappenedAsync()
    {
        Assert.False(File.Exists(Canary));
        Assert.Empty(lines.All.Where(line => line.Level >= LogLevel.Error || line.Fault is NpgsqlException).Select(line =>
            $"{line.Text} {line.Fault}"));
        Assert.Contains("accounts.users", (await CountAsync()).Keys);
    }

    /// <summary>How many of everything there are: streams by what they are of, events, and rows of what is kept beside them. Not
    /// counted is what tells of refusals.</summary>
    public async Task<Dictionary<string, long>> CountAsync()
    {
        string[] tables =
        [
            "accounts.users", "accounts.user_logins", "accounts.user_tokens", "accounts.user_passkeys",
                "accounts.invitation_addresses",
            "accounts.device_requests", "accounts.sessions", "accounts.outbox", "portal_secrets.sealed_keys",
                "portal_secrets.lease_keys",
            "portal_secrets.endpoint_passwords",
        ];
        await using var command = portal.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand($"""
            select split_part(stream, '-', 1), count(distinct stream) from portal_events.events where {Kept} group by 1
            union all select 'events', count(*) from portal_events.events where {Kept}
            {string.Concat(tables.Select(table => $" union all select '{table}', count(*) from {table}"))}
            """);
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        var counts = new Dictionary<string, long>();
        while (await rows.ReadAsync(Cancel)) counts[rows.GetString(0)] = rows.GetInt64(1);
        return counts;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in open) one.Dispose();
        if (Ground is not null) await Ground.DisposeAsync();
        await portal.DisposeAsync();
        lines.Dispose();
    }

    private const string Kept = "type not in ('access_denied', 'sign_in_failed')";

    private async Task<HttpClient> FixedAsync(CookieVisit visit)
    {
        using (await visit.Http.GetAsync(new Uri("sign-in", UriKind.Relative), Cancel)) { }
        var http = new HttpClient(new HttpClientHandler { UseCookies = false,
            AllowAutoRedirect = false }) { BaseAddress = portal.Address };
        http.DefaultRequestHeaders.Add("Cookie", visit.Cookies.GetCookieHeader(portal.Address));
        open.Add(http);
        return http;
    }
}
