using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Tests.Web.Accounts;

namespace Portal.Tests.Domain.Accounts;

/// <summary>Lost second factors are taken away: by whom, what goes, what is written down, and who is told.</summary>
public sealed class RemoveSecondFactorsTests(SchemaGround ground, MailGround mails) : IClassFixture<SchemaGround>, IClassFixture<MailGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ErasureGround Erasures => new(ground);

    private AccountGround People => new(ground.Portal);

    [Fact]
    public void Nobody_takes_away_their_own_or_without_saying_whose_and_where_there_are_none_nothing_happens()
    {
        var (person, other) = (new Id<User>(Guid.NewGuid()), new Id<User>(Guid.NewGuid()));
        var entry = new AccountEntry(person, "Grace", "a@b.org", DateTimeOffset.UnixEpoch, null, true);
        Assert.Equal("OWN_ACCOUNT", Code(RemoveSecondFactors.Decide(new(person, "a@b.org"), entry, person)));
        Assert.Equal("CONFIRMATION_WRONG", Code(RemoveSecondFactors.Decide(new(person, "b@b.org"), entry, other)));
        Assert.Equal([new SecondFactorsRemoved(person)], RemoveSecondFactors.Decide(new(person, " A@b.org "), entry, other).Value!);
        Assert.Empty(RemoveSecondFactors.Decide(new(person, "a@b.org"), entry with { SecondFactor = false }, other).Value!);
    }

    [Fact]
    public async Task Only_an_administrator_in_person_who_has_just_proved_it_does()
    {
        var (administrator, grace) = (await Erasures.AdministratorAsync(), await Erasures.PersonAsync());
        await GiveAsync(ground.Get<NpgsqlDataSource>(), grace.Caller);
        foreach (var caller in (Caller[])[grace.Caller, administrator with { Administrator = false },
            administrator with { Token = new(Guid.NewGuid(), Portal.Domain.AccessTokens.Scopes.All, null) },
            Caller.Worker(Guid.NewGuid())])
            Assert.Equal("NOT_FOUND", Code(await RemoveAsync(caller, grace)));
        Assert.Equal("PROOF_NEEDED", Code(await RemoveAsync(administrator with { Session = null }, grace)));
        Assert.Equal("CONFIRMATION_WRONG", Code(await RemoveAsync(administrator, grace with { Address = "x@example.org" })));
        Assert.Equal("NOT_FOUND", Code(await RemoveAsync(administrator,
            grace with { Caller = grace.Caller with { User = new Id<User>(Guid.NewGuid()) } })));
        var own = PortalGround.Ok(await ground.Get<ListAccountsHandler>().FindAsync(administrator, administrator.User!.Value, Cancel));
        Assert.Equal("OWN_ACCOUNT", Code(await RemoveAsync(administrator, new(administrator, own.Entry.Address))));
        Assert.Empty(await People.FactsAsync(grace.Caller));
        Assert.Equal((true, 4), await KeptAsync(ground.Get<NpgsqlDataSource>(), grace.Caller));
    }

    [Fact]
    public async Task All_of_them_go_every_session_ends_and_it_is_written_down_once()
    {
        var (administrator, grace) = (await Erasures.AdministratorAsync(), await Erasures.PersonAsync());
        var session = await People.SessionAsync(grace.Caller);
        await GiveAsync(ground.Get<NpgsqlDataSource>(), grace.Caller);
        PortalGround.Ok(await RemoveAsync(administrator, grace));
        PortalGround.Ok(await RemoveAsync(administrator, grace));
        Assert.Equal((false, 0), await KeptAsync(ground.Get<NpgsqlDataSource>(), grace.Caller));
        Assert.Equal([typeof(SecondFactorsRemoved), typeof(SessionsEnded)], (await People.FactsAsync(grace.Caller)).Select(fact => fact.GetType()));
        Assert.Empty(await ground.Get<ISessions>().ListAsync(grace.Caller.User!.Value, Cancel));
        Assert.Null(await ground.Get<ISessions>().ProvedAsync(session, Cancel));
        var account = PortalGround.Ok(await ground.Get<ListAccountsHandler>().FindAsync(administrator, grace.Caller.User!.Value, Cancel));
        Assert.False(account.Entry.SecondFactor);
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_done()
    {
        var grace = await Erasures.PersonAsync();
        await GiveAsync(ground.Get<NpgsqlDataSource>(), grace.Caller);
        var stamp = await People.StampAsync(grace.Caller.User!.Value.Value);
        var refused = await ground.Get<ISecondFactorStore>().RemoveAllAsync(grace.Caller.User!.Value,
            () => Task.FromResult<Problem?>(Problem.Conflict("account")));
        Assert.Equal("CONFLICT", refused!.Code);
        Assert.Equal((true, 4), await KeptAsync(ground.Get<NpgsqlDataSource>(), grace.Caller));
        Assert.Equal(stamp, await People.StampAsync(grace.Caller.User!.Value.Value));
    }

    [Fact]
    public async Task The_person_is_told_by_mail()
    {
        var people = new AccountGround(mails.Portal);
        var administrator = await people.AdministratorAsync();
        administrator = administrator with { Session = await people.SessionAsync(administrator) };
        var user = await mails.UserAsync();
        var grace = new Somebody(administrator with { User = new(user.Id) }, user.Email!);
        await GiveAsync(people.Get<NpgsqlDataSource>(), grace.Caller);
        PortalGround.Ok(await people.Get<RemoveSecondFactorsHandler>().HandleAsync(administrator,
            new(new(user.Id), grace.Address), Cancel));
        var told = await mails.Mails.NextAsync(user.Email!, Cancel);
        while (told.Message.Subject != "Your second factors were removed") told = await mails.Mails.NextAsync(user.Email!, Cancel, after: 1);
        Assert.EndsWith("/forgot-password", told.Link, StringComparison.Ordinal);
    }

    private Task<Result<Id<User>>> RemoveAsync(Caller caller, Somebody whom) =>
        ground.Get<RemoveSecondFactorsHandler>().HandleAsync(caller, new(whom.Caller.User!.Value, whom.Address), Cancel);

    // An app, recovery codes, a passkey and a code that was used: their looks do not matter.
    private static async Task GiveAsync(NpgsqlDataSource database, Caller whom)
    {
        await using var command = database.CreateCommand("""
            with person as (update accounts.users set two_factor_enabled = true, authenticator_since = now() where id = $1 returning id),
                tokens as (insert into accounts.user_tokens select id, '[AspNetUserStore]', name, 'x' from person,
                    (values ('AuthenticatorKey'), ('RecoveryCodes')) as names (name)),
                codes as (insert into accounts.used_codes select id, '123456', now() + interval '1 minute' from person)
            insert into accounts.user_passkeys select uuid_send(id), id, '{}', null from person
            """);
        command.Parameters.Add(new() { Value = whom.User!.Value.Value });
        await command.ExecuteNonQueryAsync(Cancel);
    }

    private static async Task<(bool Asked, long Rows)> KeptAsync(NpgsqlDataSource database, Caller whom)
    {
        await using var command = database.CreateCommand("""
            select two_factor_enabled or authenticator_since is not null,
                (select count(*) from accounts.user_tokens where user_id = $1) + (select count(*) from accounts.used_codes where user_id = $1)
                + (select count(*) from accounts.user_passkeys where user_id = $1) from accounts.users where id = $1
            """);
        command.Parameters.Add(new() { Value = whom.User!.Value.Value });
        await using var rows = await command.ExecuteReaderAsync(Cancel);
        Assert.True(await rows.ReadAsync(Cancel));
        return (rows.GetBoolean(0), rows.GetInt64(1));
    }

    private static string Code<T>(Result<T> result) => Assert.Single(result.Problems!).Code;
}
