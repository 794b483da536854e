using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Web.Accounts;
using Portal.Web.Accounts.Providers;
using Portal.Web.Components.Accounts;

namespace Portal.Tests.Web.Accounts;

/// <summary>Who somebody becomes here whom a provider has named.</summary>
public sealed class ProviderSignInTests(PostgresFixture postgres) : IAsyncLifetime
{
    private TestPortal portal = null!;
    private MemberGround ground = null!;
    private Caller first = null!;
    private Id<Project> project;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Roles=web", "--Portal:SignUp=invitation");
        ground = new(portal);
        first = await ground.SignUpAsync() with { Administrator = true };
        project = await ground.ProjectAsync(first);
    }

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
            Assert.True((await RegisterAsync(new(address, "Grace", "correct horse battery", secret))).Ok));
        await ChangeAsync(address, user => user.EmailConfirmed = confirmed);
        Assert.Equal(code, await SignInAsync(Person(address, verified, allowed)));
        Assert.Equal(code is null ? 1 : 0, await AskAsync<UserManager<PortalUser>, int>(async users =>
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
        Assert.True((await FindAsync(address)).EmailConfirmed);
        Assert.Empty(await ground.Get<IInvitationAddresses>().OfAsync(address, Cancel));
        // The provider tells another address by now.
        Assert.Null(await SignInAsync(Person(MemberGround.Address(), true, key: address)));
    }

    [Fact]
    public async Task What_claims_grant_is_given_and_taken_at_each_sign_in_and_somebody_still_administers()
    {
        var address = MemberGround.Address();
        await InviteAsync(address, async _ =>
            Assert.Null(await SignInAsync(Person(address, true, groups: ["operators", "tides", "else"]))));
        var user = await FindAsync(address);
        var grace = first with { User = new Id<User>(user.Id) };
        Assert.True(user.Administrator);
        Assert.Equal(Role.Submitter, await ground.RoleAsync(grace, project));
        var stamp = user.SecurityStamp;
        Assert.Null(await SignInAsync(Person(address, true)));
        Assert.False((await FindAsync(address)).Administrator);
        Assert.NotEqual(stamp, (await FindAsync(address)).SecurityStamp);
        Assert.Null(await ground.RoleAsync(grace, project));

        Assert.Null(await SignInAsync(Person(address, true, groups: ["operators"])));
        await AskAsync<AccountsDb, int>(db => Task.FromResult(db.Users.Where(one => one.Id == first.User!.Value.Value).ToList()
            .Select(one => { one.Administrator = false; return db.SaveChanges(); }).Single()));
        Assert.Null(await SignInAsync(Person(address, true)));
        Assert.True((await FindAsync(address)).Administrator);
    }

    [Fact]
    public void Of_a_thousand_groups_those_that_grant_something_are_kept()
    {
        var told = Claims(("sub", "42"), ("name", "Grace"), ("email", "grace@example.org"), ("email_verified", "True"),
                ("phone", "1"), ("groups", "tides"), ("groups", "tides"))
            .Concat(Enumerable.Range(0, 1000).Select(at => new Claim("groups", $"group-{at}")));
        var kept = ProviderPerson.Reduce(Provider(false), new(new ClaimsIdentity(told)));
        Assert.Equal(
            ["email=grace@example.org", "email_verified=True", "groups=tides", $"{ClaimTypes.NameIdentifier}=42", "name=Grace"],
            kept.Claims.Select(claim => $"{claim.Type}={claim.Value}").Order(StringComparer.Ordinal));
        Assert.True(new ProviderPerson(Provider(false), "42", kept).MailVerified);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\t/evil.example")]
    public void Nothing_leads_out_of_the_portal(string then) => Assert.Equal("/", Local.Path(then));

    [Theory]
    [InlineData("Campus", "https://a.example", "", "b")]
    [InlineData("campus", "http://a.example", "", "b")]
    [InlineData("campus", "", "https://a.example", "b")]
    [InlineData("campus", "https://a.example", "", "")]
    public void A_provider_that_is_half_configured_or_not_safe_is_refused_at_start(
        string name, string authority, string authorization, string client)
    {
        var half = new ProviderSettings { Authority = authority, AuthorizationEndpoint = authorization, ClientId = client };
        Assert.Throws<FormatException>(() => half.Check(name));
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

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
        AskAsync<ProviderSignIn, string?>(door => door.SignInAsync(person, Cancel));

    private async Task InviteAsync(string address, Func<string, Task> use) => await use(PortalGround.Ok(
        await ground.Get<InviteAccountHandler>().HandleAsync(first, new(new(Guid.CreateVersion7()), address), Cancel)).Secret);

    private Task<Result<PortalUser>> RegisterAsync(NewAccount account) =>
        AskAsync<Registration, Result<PortalUser>>(registration => registration.RegisterAsync(account, Cancel));

    private Task<PortalUser> FindAsync(string address) =>
        AskAsync<UserManager<PortalUser>, PortalUser>(async users => (await users.FindByEmailAsync(address))!);

    private Task ChangeAsync(string address, Action<PortalUser> change) =>
        AskAsync<UserManager<PortalUser>, IdentityResult>(async users =>
        {
            var user = (await users.FindByEmailAsync(address))!;
            change(user);
            return await users.UpdateAsync(user);
        });

    // A request that is under way, as far as signing in asks for one.
    private async Task<TAnswer> AskAsync<T, TAnswer>(Func<T, Task<TAnswer>> ask) where T : notnull
    {
        await using var scope = portal.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext =
            new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        return await ask(scope.ServiceProvider.GetRequiredService<T>());
    }
}
