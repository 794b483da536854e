using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.Web.Accounts;

namespace Portal.Tests.Domain.Accounts;

/// <summary>Who may make an account, where that takes an invitation.</summary>
public sealed class AccountInvitationTests(SignUpGround signUp) : IClassFixture<SignUpGround>
{
    private readonly MemberGround ground = signUp.People;
    private readonly Caller administrator = signUp.First;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_makes_one_account_for_its_address_which_no_event_holds()
    {
        var address = MemberGround.Address();
        Assert.Equal("INVITATION_NEEDED", await CodeAsync(address));
        var made = PortalGround.Ok(await InviteAsync(administrator, address));
        Assert.False(made.Mailed);
        Assert.Equal($"/register#{made.Secret}", made.Path);
        Assert.Equal("INVITATION_FOR_ANOTHER", await CodeAsync(MemberGround.Address(), made.Secret));
        Assert.Equal("NOT_FOUND", await CodeAsync(address, made.Secret[..^1] + "x"));
        var tries = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CodeAsync(address.ToUpperInvariant(), made.Secret)));
        Assert.Single(tries, code => code is null);
        string?[] late = ["MAIL_TAKEN", "INVITATION_USED", "INVITATION_FOR_ANOTHER"];
        Assert.All(tries.Where(code => code is not null), code => Assert.Contains(code, late));
        Assert.Equal("INVITATION_USED", await CodeAsync(address, made.Secret));
        var facts = await TextAsync(made.Id);
        Assert.Contains("account_invitation_used", facts, StringComparison.Ordinal);
        Assert.DoesNotContain(address, facts, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(made.Secret[InvitationSecret.Prefix.Length..], facts, StringComparison.Ordinal);
        Assert.Empty(await ground.Get<IInvitationAddresses>().OfAsync(address, Cancel));
    }

    [Fact]
    public async Task An_invitation_is_listed_and_taken_back_by_administrators_in_person_alone()
    {
        var address = MemberGround.Address();
        var made = PortalGround.Ok(await InviteAsync(administrator, address));
        Assert.Contains(await ListAsync(), listed => listed.Address == address && !listed.Expired);
        Caller[] others = [administrator with { Administrator = false }, administrator with { Token = new(Guid.NewGuid(), Scopes.All, null) }];
        foreach (var other in others)
        {
            Assert.Equal("NOT_FOUND", (await InviteAsync(other, address)).Problems![0].Code);
            Assert.Equal("NOT_FOUND", (await RevokeAsync(other, made.Id)).Problems![0].Code);
            Assert.Equal("NOT_FOUND", (await ListAsync(other)).Problems![0].Code);
        }
        for (var i = 0; i < 2; i++) Assert.True((await RevokeAsync(administrator, made.Id)).Ok);
        Assert.DoesNotContain(await ListAsync(), listed => listed.View.Id == made.Id);
        Assert.Equal("INVITATION_REVOKED", await CodeAsync(address, made.Secret));
        var again = await ground.Get<InviteAccountHandler>().HandleAsync(administrator, new(made.Id, address), Cancel);
        Assert.Equal("CONFLICT", again.Problems![0].Code);
    }

    [Fact]
    public async Task A_projects_invitation_lets_its_address_in_while_it_is_open_and_is_answered_afterwards()
    {
        var (owner, address) = (administrator, MemberGround.Address());
        var project = await ground.ProjectAsync(owner);
        var made = PortalGround.Ok(await ground.InviteAsync(owner, project, Role.Viewer, address));
        var taken = PortalGround.Ok(await ground.InviteAsync(owner, project, Role.Viewer, MemberGround.Address()));
        PortalGround.Ok(await ground.Get<RevokeInvitationHandler>().HandleAsync(owner, new(taken.Id), Cancel));
        Assert.Equal("INVITATION_REVOKED", await CodeAsync(MemberGround.Address(), taken.Secret));
        Assert.Equal("INVITATION_FOR_ANOTHER", await CodeAsync(MemberGround.Address(), made.Secret));
        var user = PortalGround.Ok(await signUp.RegisterAsync(new(address, "Grace", "correct horse battery", made.Secret)));
        var grace = owner with { User = new Id<User>(user.Id), Administrator = false };
        Assert.Equal(Role.Viewer, PortalGround.Ok(await ground.AcceptAsync(grace, made.Secret)).Role);
    }

    [Theory]
    [InlineData("not an address", "INVALID_INPUT")]
    [InlineData("a@b.org\nBcc: c@d.org", "INVALID_INPUT")]
    public async Task What_is_no_address_is_not_invited(string address, string code) =>
        Assert.Equal(code, (await InviteAsync(administrator, address)).Problems![0].Code);

    private Task<Result<MadeAccountInvitation>> InviteAsync(Caller caller, string address) =>
        ground.Get<InviteAccountHandler>().HandleAsync(caller, new(new(Guid.CreateVersion7()), address), Cancel);

    private Task<Result<AccountInvitation>> RevokeAsync(Caller caller, Id<AccountInvitation> id) =>
        ground.Get<RevokeAccountInvitationHandler>().HandleAsync(caller, new(id), Cancel);

    private async Task<IReadOnlyList<ListedAccountInvitation>> ListAsync() =>
        PortalGround.Ok(await ListAsync(administrator)).Items;

    private Task<Result<DocumentPage<ListedAccountInvitation>>> ListAsync(Caller caller) =>
        ground.Get<ListAccountInvitationsHandler>().HandleAsync(caller, new([], Limit: 100), Cancel);

    private async Task<string?> CodeAsync(string address, string? secret = null) =>
        (await signUp.RegisterAsync(new(address, "Grace", "correct horse battery", secret))).Problems?[0].Code;

    private async Task<string> TextAsync(Id<AccountInvitation> id)
    {
        await using var command = ground.Get<Npgsql.NpgsqlDataSource>().CreateCommand(
            "select string_agg(type || ' ' || body || ' ' || metadata, ' ') from portal_events.events where stream = $1");
        command.Parameters.Add(new() { Value = Ledger.StreamOf<AccountInvitation>(id.Value) });
        return (string)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
