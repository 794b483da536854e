using System.Net;
using Npgsql;
using Portal.Domain.AccessTokens;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Rest;

/// <summary>A token goes no further than its scopes, its project, its addresses and its owner.</summary>
public sealed class TokenLimitsTests(RunningPortalFixture portals) : IAsyncLifetime
{
    private static readonly object Machine = new { name = "one", host = "127.0.0.1", user = "u", workFolder = "/w" };

    private TestPortal portal = null!;
    private MemberGround ground = null!;
    private Caller ada = null!;

    private static CancellationToken Cancel => MemberGround.Cancel;

    public async ValueTask InitializeAsync()
    {
        portal = await portals.PortalAsync(Cancel);
        ground = new MemberGround(portal);
        ada = await ground.SignUpAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task To_a_token_of_one_project_no_other_exists()
    {
        var (mine, other) = (await ground.ProjectAsync(ada), await ground.ProjectAsync(ada));
        using var program = await ProgramAsync(new TokenRules().Terms("ci", project: mine));
        var seen = (await program.GetAsync("projects", Cancel)).GetProperty("items").EnumerateArray();
        Assert.Equal(mine.ToString(), Assert.Single(seen).GetProperty("id").GetString());
        await program.GetAsync($"runs?project={mine}", Cancel);
        await program.GetAsync($"runs?project={other}", Cancel, 404);
        await program.GetAsync($"projects/{other}", Cancel, 404);
        await program.PostAsync("projects", new { name = "Another" }, Cancel, 403);
        await program.GetAsync("tokens", Cancel, 403);
    }

    [Fact]
    public async Task A_token_never_does_more_than_its_owner()
    {
        var project = await ground.ProjectAsync(ada);
        var viewer = await ground.MemberAsync(ada, project, Role.Viewer);
        using var program = await ProgramAsync(new TokenRules().Terms("ci"), viewer);
        await program.GetAsync($"machines?project={project}", Cancel);
        await program.PostAsync("machines", new { name = "one", host = "127.0.0.1", user = "u", workFolder = "/w", project }, Cancel, 403);
    }

    [Fact]
    public async Task A_token_is_refused_from_another_address()
    {
        using var there = await ProgramAsync(new TokenRules().Terms("ci", addresses: ["192.0.2.0/24"]));
        using var answer = await there.Http.GetAsync("me", Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("address", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        // Its owner learns of it, once a minute: from the record, under the token's id, and from the list of tokens.
        using var again = await there.Http.GetAsync("me", Cancel);
        var noted = Assert.Single(await DeniedAsync(new(ada.User!.Value.Value)));
        Assert.Equal(new AccessDenied(new(ada.User.Value.Value), "UseAccessToken", "TOKEN_WRONG_ADDRESS"), noted.Body);
        var listed = Assert.Single(PortalGround.Ok(await ground.Get<ListAccessTokensHandler>().HandleAsync(ada, Cancel)));
        Assert.Equal(("token", listed.View.Id.ToString(), "127.0.0.1"),
            (noted.Metadata.ActorKind, noted.Metadata.Actor, noted.Metadata.ClientAddress));
        Assert.Equal((null, "127.0.0.1"), (listed.LastUse, listed.LastRefused?.Address));
        using var here = await ProgramAsync(new TokenRules().Terms("ci", addresses: ["127.0.0.0/8", "::1"]));
        await here.GetAsync("me", Cancel);
        using var keeper = await ProgramAsync(new TokenRules().Terms("keeper", [Scope.KeepToken]));
        var told = (await keeper.GetAsync("tokens", Cancel)).GetProperty("items").EnumerateArray()
            .Single(token => token.GetProperty("lastRefusedFrom").GetString() is not null);
        Assert.Equal((listed.View.Id.ToString(), "127.0.0.1", null), (told.GetProperty("id").GetString(),
            told.GetProperty("lastRefusedFrom").GetString(), told.GetProperty("lastUsedFrom").GetString()));
    }

    [Fact]
    public async Task Where_and_when_a_token_was_shown_is_told_and_goes_with_it()
    {
        using var program = await ProgramAsync(new TokenRules().Terms("ci", [Scope.KeepToken]));
        var token = Assert.Single((await program.GetAsync("tokens", Cancel)).GetProperty("items").EnumerateArray());
        Assert.Equal("127.0.0.1", token.GetProperty("lastUsedFrom").GetString());
        Assert.InRange(token.GetProperty("lastUsedAt").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(1));
        var id = token.GetProperty("id").GetString()!;
        Assert.Equal(1, await CountAsync("token_uses", "token", Guid.ParseExact(id, "n")));
        var gone = await program.DeleteAsync("tokens?client=ci", Cancel, 200);
        Assert.Equal(id, Assert.Single(gone.GetProperty("revoked").EnumerateArray()).GetString());
        Assert.Equal(0, await CountAsync("token_uses", "token", Guid.ParseExact(id, "n")));
        Assert.Null(await ground.Get<RecogniseAccessTokenHandler>().HandleAsync(new Id<AccessToken>(Guid.ParseExact(id, "n")), Cancel));
    }

    [Fact]
    public async Task A_token_that_was_made_before_there_were_scopes_does_what_it_did()
    {
        var (id, text) = (new Id<AccessToken>(Guid.CreateVersion7()), TokenText.Make(new Bytes()));
        PortalGround.Ok(await ground.Get<Ledger>().AppendAsync(ada, [new(Ledger.StreamOf<AccessToken>(id.Value), 0,
            [new AccessTokenIssued(id, ada.User!.Value, "old", TokenText.HashOf(text), DateTimeOffset.UtcNow.AddDays(1))])], Cancel));
        using var program = RestClient.With(portal.Address, text);
        await program.PostAsync("machines", Machine, Cancel);
        var listed = (await program.GetAsync("tokens", Cancel)).GetProperty("items").EnumerateArray();
        Assert.Equal(Scopes.All.Count, Assert.Single(listed).GetProperty("scopes").GetArrayLength());
    }

    [Fact]
    public async Task What_was_refused_is_in_the_projects_events_once_a_minute()
    {
        var project = await ground.ProjectAsync(ada);
        using var program = await ProgramAsync(new TokenRules().Terms("ci", [Scope.GetJobStatus]));
        for (var attempt = 0; attempt < 3; attempt++)
            await program.GetAsync($"machines?project={project}", Cancel, 403);
        var stranger = await ground.SignUpAsync();
        Assert.False((await ground.Get<ShowProjectHandler>().HandleAsync(stranger, project, Cancel)).Ok);
        var denied = await DeniedAsync(project);
        Assert.Equal([("ShowMachines", "FORBIDDEN", "token"), ("ShowProject", "NOT_FOUND", "user")], denied.Select(one =>
            (((AccessDenied)one.Body).Operation, ((AccessDenied)one.Body).Code, one.Metadata.ActorKind)));
    }

    [Fact]
    public async Task Who_hammers_fills_no_log()
    {
        var stranger = await ground.SignUpAsync();
        var show = ground.Get<ShowProjectHandler>();
        for (var attempt = 0; attempt < Denials.MostAMinute + 15; attempt++) await show.HandleAsync(stranger, new(Guid.NewGuid()), Cancel);
        await using var source = NpgsqlDataSource.Create(portal.Database);
        await using var command = source.CreateCommand(
            "select count(*) from portal_events.events where type = 'access_denied' and metadata::text like $1");
        command.Parameters.Add(new() { Value = $"%{stranger.User}%" });
        Assert.Equal((long)Denials.MostAMinute, await command.ExecuteScalarAsync(Cancel));
    }

    private async Task<RestClient> ProgramAsync(TokenTerms terms, Caller? owner = null) =>
        RestClient.With(portal.Address, (await ground.Get<Ledger>().TokenAsync(owner ?? ada, terms)).Text);

    private async Task<IReadOnlyList<Recorded>> DeniedAsync(Id<Project> project) => PortalGround.Ok(
        await ground.Get<ReadEventsHandler>().HandleAsync(ada, project, new(Types: ["access_denied"]), 0, 50, Cancel)).Events;

    private async Task<long> CountAsync(string table, string column, Guid id)
    {
        await using var source = NpgsqlDataSource.Create(portal.Database);
        await using var command = source.CreateCommand($"select count(*) from accounts.{table} where {column} = $1");
        command.Parameters.Add(new() { Value = id });
        return (long)(await command.ExecuteScalarAsync(Cancel))!;
    }

    private sealed class Bytes : IRandomBytes
    {
        public byte[] Next(int count) => System.Security.Cryptography.RandomNumberGenerator.GetBytes(count);
    }
}
