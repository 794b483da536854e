using Npgsql;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Web.AccessTokens;
using Portal.Web.Accounts;

namespace Portal.Tests.Domain.Accounts;

/// <summary>Accounts and sessions in a portal: who may do what with them, and what comes of it.</summary>
public sealed class AccountHandlerTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AccountGround People => new(ground.Portal);

    [Fact]
    public async Task For_who_does_not_administer_there_are_no_accounts_and_for_no_token_either()
    {
        var (administrator, grace) = (await People.AdministratorAsync(), await People.SignUpAsync());
        var removed = await People.AdministratorAsync();
        await People.HappenAsync(removed, new AdministratorRemoved(removed.User!.Value));
        // A claim alone is nothing, nor is a standing of which the session does not know.
        foreach (var caller in (Caller[])[grace, grace with { Administrator = true },
            administrator with { Administrator = false }, administrator with { Token = new(Guid.NewGuid(), Scopes.All, null) }, removed,
            Caller.Worker(Guid.NewGuid())])
        {
            var person = administrator.User!.Value;
            foreach (var problems in (IReadOnlyList<Problem>?[])[
                (await ground.Get<ListAccountsHandler>().HandleAsync(caller, new(), Cancel)).Problems,
                (await ground.Get<ListAccountsHandler>().CountAsync(caller, null, Cancel)).Problems,
                (await ground.Get<ListAccountsHandler>().FindAsync(caller, person, Cancel)).Problems,
                (await ground.Get<DisableAccountHandler>().HandleAsync(caller, new(person), Cancel)).Problems,
                (await ground.Get<EndUserSessionsHandler>().HandleAsync(caller, new(person), Cancel)).Problems,
                (await ground.Get<EnableAccountHandler>().HandleAsync(caller, new(person), Cancel)).Problems,
                (await ground.Get<ChangeAdministratorHandler>().HandleAsync(caller, new(person, false), Cancel)).Problems,
                (await ground.Get<ChangeAuditorHandler>().HandleAsync(caller, new(person, true), Cancel)).Problems])
                Assert.Equal("NOT_FOUND", Assert.Single(problems!).Code);
        }
        Assert.Equal(2, (await People.FactsAsync(removed)).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_signed_out_everywhere_keeps_access_tokens_unless_they_go_as_well(bool tokens)
    {
        var (administrator, grace) = (await People.AdministratorAsync(), await People.SignUpAsync());
        await People.SessionAsync(grace);
        var token = await ground.AccessTokenAsync(grace);
        Assert.Equal(1, PortalGround.Ok(await ground.Get<EndUserSessionsHandler>().HandleAsync(
            administrator, new(grace.User!.Value, tokens), Cancel)));
        Assert.Equal(tokens, await ground.Get<RecogniseAccessTokenHandler>().HandleAsync(token.Text, Cancel) is null);
    }

    [Fact]
    public async Task A_disabled_person_has_no_session_no_token_and_no_lease_and_is_let_in_again()
    {
        var administrator = await People.AdministratorAsync();
        // Ada has a run with a lease; her account is made a row, as if she had signed up.
        await ExecuteAsync("insert into accounts.users (id, display_name, administrator, created_at, user_name, "
            + "normalized_user_name, email, normalized_email, email_confirmed, security_stamp, phone_number_confirmed, "
            + "two_factor_enabled, lockout_enabled, access_failed_count) "
            + "values ($1, 'Ada', false, now(), 'ada', 'ADA', 'ada', 'ADA', false, 's', false, false, false, 0) on conflict (id) do nothing",
            ground.Ada.User!.Value.Value);
        await People.SessionAsync(ground.Ada);
        var token = await ground.AccessTokenAsync(ground.Ada);
        var (_, run) = await ground.RunAsync();

        var disabled = PortalGround.Ok(
            await ground.Get<DisableAccountHandler>().HandleAsync(administrator, new(ground.Ada.User!.Value), Cancel));

        Assert.True(disabled.Disabled);
        Assert.Empty(PortalGround.Ok(await ground.Get<ListSessionsHandler>().HandleAsync(ground.Ada, Cancel)));
        Assert.Null(await ground.Get<KnownTokens>().FindAsync(token.Text, Cancel));
        Assert.NotNull(await ground.Get<RecogniseAccessTokenHandler>().HandleAsync(token.Text, Cancel));
        var lease = (await ground.Get<Ledger>().LoadAsync<Run>(SchemaGround.RunOf(run).Value, Cancel)).State.Lease;
        Assert.Equal("revoked", lease!.Ended);
        Assert.Equal([typeof(AccountDisabled), typeof(SessionsEnded)],
            (await People.FactsAsync(ground.Ada)).Select(fact => fact.GetType()));

        PortalGround.Ok(await ground.Get<EnableAccountHandler>().HandleAsync(administrator, new(ground.Ada.User!.Value), Cancel));
        Assert.NotNull(await ground.Get<KnownTokens>().FindAsync(token.Text, Cancel));
    }

    [Fact]
    public async Task Of_two_administrators_who_remove_each_other_at_once_one_stays()
    {
        var (ada, grace) = (await People.AdministratorAsync(), await People.AdministratorAsync());
        var change = ground.Get<ChangeAdministratorHandler>();
        var answers = await Task.WhenAll(
            change.HandleAsync(ada, new(grace.User!.Value, false), Cancel),
            change.HandleAsync(grace, new(ada.User!.Value, false), Cancel));
        Assert.Single(answers, answer => answer.Ok);
        Assert.Equal("NOT_FOUND", answers.Single(answer => !answer.Ok).Problems![0].Code);
    }

    [Fact]
    public async Task Accounts_are_found_by_part_of_a_name_or_an_address_and_read_page_by_page()
    {
        var administrator = await People.AdministratorAsync();
        var mark = $"{Guid.NewGuid():n}"[..12];
        for (var i = 0; i < 3; i++) await People.SignUpAsync($"{i}.{mark}@example.org");
        var list = ground.Get<ListAccountsHandler>();
        var first = PortalGround.Ok(await list.HandleAsync(administrator, new(mark.ToUpperInvariant(), null, 2), Cancel));
        Assert.Equal([$"2.{mark}@example.org", $"1.{mark}@example.org"], first.Accounts.Select(account => account.Entry.Address));
        Assert.True(first.More);
        var second = PortalGround.Ok(await list.HandleAsync(administrator, new(mark, first.Accounts[^1].Entry.User, 2), Cancel));
        Assert.Equal([$"0.{mark}@example.org"], second.Accounts.Select(account => account.Entry.Address));
        Assert.False(second.More);
        Assert.Equal(3, (await list.CountAsync(administrator, mark, Cancel)).Value);
        // What is searched for is taken literally.
        Assert.Empty(PortalGround.Ok(await list.HandleAsync(administrator, new($"%{mark}"), Cancel)).Accounts);
    }

    [Fact]
    public async Task Sessions_are_seen_and_ended_by_their_owner_in_person_alone()
    {
        var (grace, other) = (await People.SignUpAsync(), await People.SignUpAsync());
        var (here, there) = (await People.SessionAsync(grace), await People.SessionAsync(grace));
        var third = await People.SessionAsync(grace);
        var (list, end) = (ground.Get<ListSessionsHandler>(), ground.Get<EndSessionsHandler>());
        var mine = PortalGround.Ok(await list.HandleAsync(grace with { Session = here }, Cancel));
        Assert.Equal(3, mine.Count);
        Assert.Equal(here, mine.Single(session => session.Current).Entry.Id);
        Assert.Equal("NOT_FOUND", (await end.HandleAsync(
            other with { Session = await People.SessionAsync(other) }, new(there), Cancel)).Problems![0].Code);
        foreach (var token in (Caller[])[grace with { Token = new(Guid.NewGuid(), Scopes.All, null) }, Caller.Worker(Guid.NewGuid())])
        {
            Assert.Equal("FORBIDDEN", (await list.HandleAsync(token, Cancel)).Problems![0].Code);
            Assert.Equal("FORBIDDEN", (await end.HandleAsync(token, new(there), Cancel)).Problems![0].Code);
            Assert.Equal("FORBIDDEN", (await ground.Get<ChangeSignInHandler>().HandleAsync(
                token, [SignInChange.PasswordChanged], Cancel)).Problems![0].Code);
        }
        PortalGround.Ok(await end.HandleAsync(grace with { Session = here }, new(there), Cancel));
        Assert.Equal([third], PortalGround.Ok(await end.HandleAsync(grace with { Session = here }, new(null), Cancel)));
        Assert.Equal(here, Assert.Single(PortalGround.Ok(await list.HandleAsync(grace, Cancel))).Entry.Id);
        Assert.Equal([there, third], (await People.FactsAsync(grace)).Cast<SessionsEnded>().SelectMany(ended => ended.Sessions));
    }

    [Fact]
    public async Task Sessions_are_ended_by_who_has_just_proved_who_they_are()
    {
        var grace = await People.SignUpAsync();
        var (here, there) = (await People.SessionAsync(grace), await People.SessionAsync(grace));
        await ExecuteAsync("update accounts.sessions set proved_at = now() - interval '11 minutes' where id = $1", here.Value);
        var (caller, end) = (grace with { Session = here }, ground.Get<EndSessionsHandler>());
        Assert.Equal("PROOF_NEEDED", (await end.HandleAsync(caller, new(there), Cancel)).Problems![0].Code);
        Assert.Equal("PROOF_NEEDED", (await end.HandleAsync(grace, new(there), Cancel)).Problems![0].Code);
        await ground.Get<SessionTable>().ProveAsync(here.Value, Cancel);
        Assert.Equal([there], PortalGround.Ok(await end.HandleAsync(caller, new(null), Cancel)));
    }

    [Fact]
    public async Task An_administrator_ends_all_sessions_of_a_person_who_may_sign_in_again()
    {
        var (administrator, grace) = (await People.AdministratorAsync(), await People.SignUpAsync());
        Id<Session>[] open = [await People.SessionAsync(grace), await People.SessionAsync(grace)];
        var end = ground.Get<EndUserSessionsHandler>();
        Assert.Equal(2, PortalGround.Ok(await end.HandleAsync(administrator, new(grace.User!.Value), Cancel)));
        Assert.Equal(0, PortalGround.Ok(await end.HandleAsync(administrator, new(grace.User!.Value), Cancel)));
        Assert.Equal("NOT_FOUND", (await end.HandleAsync(administrator, new(new(Guid.NewGuid())), Cancel)).Problems![0].Code);
        Assert.Empty(PortalGround.Ok(await ground.Get<ListSessionsHandler>().HandleAsync(grace, Cancel)));
        var ended = Assert.IsType<SessionsEnded>(Assert.Single(await People.FactsAsync(grace)));
        Assert.Equal(open.OrderBy(id => id.Value), ended.Sessions.OrderBy(id => id.Value));
    }

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var command = ground.Get<NpgsqlDataSource>().CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(Cancel);
    }
}
