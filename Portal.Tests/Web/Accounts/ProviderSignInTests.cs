using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Web.Accounts;
using Portal.Web.Accounts.Providers;

namespace Portal.Tests.Web.Accounts;

/// <summary>Who somebody becomes here whom a provider has named.</summary>
public sealed class ProviderSignInTests(SignUpGround ground) : IClassFixture<SignUpGround>, IAsyncLifetime
{
    private Id<Project> project;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => project = await ground.People.ProjectAsync(ground.First);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(true, true, true, null)]
    [InlineData(false, true, true, ProviderRefusals.MailTaken)]
    [InlineData(true, false, true, ProviderRefusals.MailTaken)]
    [InlineData(true, true, false, ProviderRefusals.MailTaken)]
    public async Task An_address_opens_an_account_when_that_is_allowed_verified_and_confirmed_and_not_else(
        bool allowed, bool verified, bool confirmed, string? code)
    {
        var address = MemberGround.Address();
        await InviteAsync(address, async secret =>
            Assert.True((await ground.RegisterAsync(new(address, "Grace", "correct horse battery", secret))).Ok));
        await ChangeAsync((await ground.FindAsync(address)).Id, user => user.EmailConfirmed = confirmed);
        Assert.Equal(code, await SignInAsync(Person(address, verified, allowed)));
        Assert.Equal(code is null ? 1 : 0, await ground.AskAsync<UserManager<PortalUser>, int>(async users =>
            (await users.GetLoginsAsync((await users.FindByEmailAsync(address))!)).Count));
    }

    [Fact]
    public async Task An_account_is_made_by_the_rules_of_sign_up_and_is_the_same_person_again_after_that()
    {
        var address = MemberGround.Address();
        Assert.Equal(ProviderRefusals.NoMail, await SignInAsync(Person(null, true)));
        Assert.Equal("INVITATION_NEEDED", await SignInAsync(Person(address, true)));
        await InviteAsync(address, async _ =>
        {
            Assert.Equal("INVITATION_NEEDED", await SignInAsync(Person(address, false)));
            for (var i = 0; i < 2; i++) Assert.Null(await SignInAsync(Person(address, true)));
        });
        Assert.True((await ground.FindAsync(address)).EmailConfirmed);
        Assert.Empty(await ground.People.Get<IInvitationAddresses>().OfAsync(address, Cancel));
        // The provider tells another address by now.
        Assert.Null(await SignInAsync(Person(MemberGround.Address(), true, key: address)));
    }

    [Fact]
    public async Task Who_has_a_second_factor_here_is_asked_for_it_unless_the_provider_vouches_for_one()
    {
        var address = MemberGround.Address();
        await InviteAsync(address, async _ => Assert.Null(await SignInAsync(Person(address, true))));
        await ChangeAsync((await ground.FindAsync(address)).Id, user => user.TwoFactorEnabled = true);
        Assert.Equal(new SignInAnswer(SecondStep: true),
            await ground.AskAsync<ProviderSignIn, SignInAnswer>(door => door.SignInAsync(Person(address, true), Cancel)));
        Assert.Equal(SignInAnswer.Welcome, await ground.AskAsync<ProviderSignIn, SignInAnswer>(
            door => door.SignInAsync(Person(address, true) with { Vouched = true }, Cancel)));
    }

    [Fact]
    public async Task What_claims_grant_is_given_and_taken_at_each_sign_in_and_somebody_still_administers()
    {
        var address = MemberGround.Address();
        await InviteAsync(address, async _ =>
            Assert.Null(await SignInAsync(Person(address, true, groups: ["operators", "tides", "else"]))));
        var user = await ground.FindAsync(address);
        var grace = ground.First with { User = new Id<User>(user.Id) };
        Assert.True(await AdministersAsync(user));
        Assert.Equal(Role.Submitter, await ground.People.RoleAsync(grace, project));
        var stamp = user.SecurityStamp;
        Assert.Null(await SignInAsync(Person(address, true)));
        Assert.False(await AdministersAsync(user));
        Assert.NotEqual(stamp, (await ground.FindAsync(address)).SecurityStamp);
        Assert.Null(await ground.People.RoleAsync(grace, project));

        Assert.Null(await SignInAsync(Person(address, true, groups: ["operators"])));
        await HappenAsync(new AdministratorRemoved(ground.First.User!.Value));
        Assert.Null(await SignInAsync(Person(address, true)));
        Assert.True(await AdministersAsync(user));
        await HappenAsync(new AdministratorNamed(ground.First.User.Value));
    }

    private async Task<bool> AdministersAsync(PortalUser user) => await ground.People.Get<IDocuments>()
        .FindAsync<AccountStanding>(new Id<User>(user.Id).ToString(), Cancel) is { Administrator: true };

    private async Task HappenAsync(object fact) => PortalGround.Ok(await ground.People.Get<Ledger>().AppendAsync(
        Caller.Worker(Guid.CreateVersion7()), [new(Ledger.StreamOf<Account>(ground.First.User!.Value.Value), IEventStore.AnyVersion, [fact])], Cancel));

    private Provider Provider(bool links) => new("campus", new()
    {
        LinkByVerifiedMail = links,
        Grants =
        {
            new() { Claim = "groups", Value = "operators", Administrator = true },
            new() { Claim = "groups", Value = "tides", Project = $"{project}", Role = Role.Submitter },
        },
    });

    private ProviderPerson Person(string? address, bool verified, bool links = false, string? key = null, params string[] groups)
    {
        var claims = Claims(("name", "Grace Hopper"), ("email_verified", verified ? "true" : "false"))
            .Concat(groups.Select(group => new Claim("groups", group)));
        if (address is not null) claims = claims.Append(new("email", address));
        return new(Provider(links), key ?? address ?? "somebody", new(new ClaimsIdentity(claims, "campus")));
    }

    private static IEnumerable<Claim> Claims(params (string Type, string Value)[] claims) =>
        claims.Select(claim => new Claim(claim.Type, claim.Value));

    private Task<string?> SignInAsync(ProviderPerson person) =>
        ground.AskAsync<ProviderSignIn, string?>(async door => (await door.SignInAsync(person, Cancel)).Refusal);

    private async Task InviteAsync(string address, Func<string, Task> use)
    {
        var invite = new InviteAccount(new(Guid.CreateVersion7()), address);
        var made = await ground.People.Get<InviteAccountHandler>().HandleAsync(ground.First, invite, Cancel);
        await use(PortalGround.Ok(made).Secret);
    }

    private Task ChangeAsync(Guid id, Action<PortalUser> change) =>
        ground.AskAsync<UserManager<PortalUser>, IdentityResult>(async users =>
        {
            var user = (await users.FindByIdAsync($"{id}"))!;
            change(user);
            return await users.UpdateAsync(user);
        });
}
