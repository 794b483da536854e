using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;
using Portal.Web.Accounts;
using Portal.Web.Accounts.Providers;
using Portal.Web.Composition;

namespace Portal.Tests.Web.Accounts;

/// <summary>What a portal that demands a second factor lets somebody do who has none.</summary>
public sealed class SecondFactorDemandTests(PostgresFixture postgres, RunningPortalFixture portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_needs_one_and_has_none_gets_no_further_than_to_the_page_where_it_is_set_up()
    {
        await using var portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Roles=web", "--Portal:SecondFactor=everyone");
        var mail = $"{Guid.NewGuid():n}@example.org";
        using var visit = await CookieVisit.SignUpAsync(portal.Address, Cancel, mail);
        foreach (var page in (string[])["", "runs", "account", "account/tokens", "device"])
            Assert.Equal((HttpStatusCode.Redirect, SecondFactorDoor.Page), await PageAsync(visit, page));
        Assert.Equal((HttpStatusCode.OK, ""), await PageAsync(visit, "account/second-factors"));
        var token = await visit.ForgeryAsync("account/second-factors", Cancel);
        Assert.Equal("SECOND_FACTOR_NEEDED", await AskAsync(visit.Http, "graphql", new { query = "{ viewer { __typename } }" }));
        Assert.Equal("SECOND_FACTOR_NEEDED", await AskAsync(visit.Http, "api/v1/tokens", new { name = "x" }, token));
        Assert.Equal((HttpStatusCode.Forbidden, ""), await PageAsync(visit, "_blazor"));

        var user = await UserAsync(portal, mail);
        var caller = new AccountGround(portal);
        var issued = await caller.Get<Ledger>().TokenAsync(
            new(new(user), null, "page", false, Guid.NewGuid(), null), new("tests", Scopes.All, null, [], TimeSpan.FromHours(1)));
        using var program = RestClient.With(portal.Address, issued.Text);
        var said = await program.GetAsync("me", Cancel, 401);
        Assert.Equal("SECOND_FACTOR_NEEDED", said.GetProperty("code").GetString());

        // From then on nothing stands in the way.
        await ExecuteAsync(portal, "update accounts.users set two_factor_enabled = true where id = $1", user);
        Assert.Equal((HttpStatusCode.OK, ""), await PageAsync(visit, "account"));
        await program.GetAsync("me", Cancel);
    }

    [Fact]
    public async Task Demanded_of_administrators_it_is_demanded_of_nobody_else_nor_of_a_session_that_has_one_of_its_own()
    {
        var ground = new AccountGround(await portals.PortalAsync(Cancel));
        var demand = Of(ground, SecondFactorMode.Administrators);
        var (ada, grace) = (await ground.AdministratorAsync(), await ground.SignUpAsync());
        Assert.True(await demand.IsMissingAsync(Person(ada.User!.Value.Value), Cancel));
        Assert.True(await demand.IsMissingAsync(ada.User!.Value, Cancel));
        Assert.False(await demand.IsMissingAsync(Person(grace.User!.Value.Value), Cancel));
        Assert.False(await demand.IsMissingAsync(grace.User!.Value, Cancel));
        Assert.True(await demand.IsMissingAsync(Person(ada.User.Value.Value, "pwd"), Cancel));
        foreach (var method in (string[])["mfa", "hwk"])
            Assert.False(await demand.IsMissingAsync(Person(ada.User.Value.Value, method), Cancel));
        Assert.True(await Of(ground, SecondFactorMode.Everyone).IsMissingAsync(grace.User!.Value, Cancel));
        Assert.False(await Of(ground, SecondFactorMode.Offered).IsMissingAsync(ada.User!.Value, Cancel));
    }

    [Fact]
    public async Task Demanded_of_auditors_it_is_demanded_of_administrators_too_and_by_the_word_of_the_setting()
    {
        var ground = new AccountGround(await portals.PortalAsync(Cancel));
        var demand = Of(ground, new PortalSettings { SecondFactor = "auditors" }.SecondFactorRule.Mode);
        var (ada, grace, anybody) = (await ground.AdministratorAsync(), await ground.SignUpAsync(), await ground.SignUpAsync());
        await ground.HappenAsync(grace, new AuditorNamed(grace.User!.Value));
        Assert.True(await demand.IsMissingAsync(ada.User!.Value, Cancel));
        Assert.True(await demand.IsMissingAsync(grace.User!.Value, Cancel));
        Assert.True(await demand.IsMissingAsync(Person(grace.User!.Value.Value, "pwd"), Cancel));
        Assert.False(await demand.IsMissingAsync(anybody.User!.Value, Cancel));
        Assert.False(await Of(ground, SecondFactorMode.Administrators).IsMissingAsync(grace.User!.Value, Cancel));
        await ground.HappenAsync(grace, new AuditorRemoved(grace.User!.Value));
        Assert.False(await Of(ground, SecondFactorMode.Auditors).IsMissingAsync(grace.User!.Value, Cancel));
    }

    private static SecondFactorDemand Of(AccountGround ground, SecondFactorMode mode) => new(
        new(mode), new ProviderList([]), ground.Get<NpgsqlDataSource>(), ground.Get<IDocuments>(), TimeProvider.System);

    private static ClaimsPrincipal Person(Guid user, string? method = null)
    {
        var claims = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, $"{user}")], "test");
        if (method is not null) claims.AddClaim(new(SecondFactorDemand.Method, method));
        return new(claims);
    }

    private static async Task<(HttpStatusCode, string)> PageAsync(CookieVisit visit, string page)
    {
        using var answer = await visit.Http.GetAsync(new Uri(page, UriKind.Relative), Cancel);
        return (answer.StatusCode, answer.Headers.Location?.OriginalString ?? "");
    }

    // The code that a door for programs refuses with.
    private static async Task<string?> AskAsync(HttpClient http, string path, object body, string? forgery = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (forgery is not null) request.Headers.Add("RequestVerificationToken", forgery);
        using var answer = await http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var said = JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        return (said.TryGetProperty("errors", out var errors) && errors[0].TryGetProperty("extensions", out var more) ? more : said)
            .GetProperty("code").GetString();
    }

    private static async Task<Guid> UserAsync(TestPortal portal, string mail)
    {
        await using var command = portal.Services.GetRequiredService<NpgsqlDataSource>()
            .CreateCommand("select id from accounts.users where email = $1");
        command.Parameters.Add(new() { Value = mail });
        return (Guid)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private static async Task ExecuteAsync(TestPortal portal, string sql, object value)
    {
        await using var command = portal.Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
