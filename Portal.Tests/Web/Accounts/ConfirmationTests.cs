using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Portal.Cli.Login;
using Portal.Domain.Common;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Web.Accounts;
using Portal.Web.Mail;

namespace Portal.Tests.Web.Accounts;

/// <summary>Addresses that are confirmed and passwords that are replaced, by links of mails.</summary>
public sealed class ConfirmationTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Password = "correct horse battery";
    private MailHost mails = null!;
    private TestPortal portal = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        mails = await MailHost.StartAsync(Cancel);
        portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Roles=web", "--Portal:Address=http://portal.test",
            "--Portal:Mail:Host=127.0.0.1", $"--Portal:Mail:Port={mails.Port}", "--Portal:Mail:Tls=none",
            "--Portal:Mail:From=portal@example.org");
    }

    [Fact]
    public async Task Only_who_knows_the_password_learns_that_an_address_waits_and_a_link_confirms_its_own_account_alone()
    {
        var address = MemberGround.Address();
        using var web = new WebForms(portal.Address);
        Assert.Contains("Confirm its mail address", await web.SignUpAsync("Grace", address, Password, Cancel), StringComparison.Ordinal);
        Assert.StartsWith(SignIn.Refusal, await web.SignInAsync(address, "not the right one", Cancel));
        Assert.StartsWith(AddressConfirmation.Needed, await web.SignInAsync(address, Password, Cancel));
        var secret = (await mails.NextAsync(address, Cancel)).Link.Split('#')[1];
        var other = await UserAsync(MemberGround.Address());
        MailLink.TryRead(MailLink.ConfirmPrefix, secret, out _, out var token);
        foreach (var wrong in (string?[])[null, secret[..^6], MailLink.Confirm(other.Id, token!).Split('#')[1]])
            Assert.Equal("LINK_OVER", (await ConfirmAsync(wrong))!.Code);
        Assert.Null(await ConfirmAsync(secret));
        Assert.Null(await web.SignInAsync(address, Password, Cancel));
        Assert.False((await FindAsync(other.Email!)).EmailConfirmed);
    }

    [Fact]
    public async Task Another_password_ends_sessions_and_the_lock_keeps_second_factors_and_uses_up_every_link()
    {
        var user = await UserAsync(MemberGround.Address());
        await AskAsync<UserManager<PortalUser>, IdentityResult>(async users =>
        {
            var one = (await users.FindByIdAsync($"{user.Id}"))!;
            await users.ResetAuthenticatorKeyAsync(one);
            await users.SetTwoFactorEnabledAsync(one, true);
            return await users.SetLockoutEndDateAsync(one, DateTimeOffset.MaxValue);
        });
        for (var i = 0; i < 2; i++)
            Assert.Null(await AskAsync<AccountMail, Problem?>(one => one.AskForResetAsync(user.Email!, Cancel)));
        var links = new[] { await mails.NextAsync(user.Email!, Cancel), await mails.NextAsync(user.Email!, Cancel, after: 1) };
        var secrets = links.Select(mail => mail.Link.Split('#')[1]).ToList();
        var before = await FindAsync(user.Email!);
        Assert.Equal(["PASSWORD_TOO_SHORT"], await ResetAsync(secrets[0], "short"));
        Assert.Equal(["LINK_OVER"], await ResetAsync(secrets[0][..^6], "another long sentence"));
        Assert.Empty(await ResetAsync(secrets[0], "another long sentence"));
        var after = await FindAsync(user.Email!);
        Assert.NotEqual(before.SecurityStamp, after.SecurityStamp);
        Assert.Equal((true, null), (after.TwoFactorEnabled, after.LockoutEnd));
        Assert.True(after.EmailConfirmed);
        foreach (var secret in secrets) Assert.Equal(["LINK_OVER"], await ResetAsync(secret, "yet another sentence"));
        Assert.Equal("Your password was changed", (await mails.NextAsync(user.Email!, Cancel, after: 2)).Message.Subject);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public async Task A_link_to_another_password_is_good_for_an_hour(int minutes, bool good)
    {
        var user = await UserAsync(MemberGround.Address());
        var made = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(minutes);
        var secret = MailLink.Reset(user.Id, await TokenAsync(user, made)).Split('#')[1];
        Assert.Equal(good ? [] : ["LINK_OVER"], await ResetAsync(secret, "another long sentence"));
    }

    public async ValueTask DisposeAsync()
    {
        if (portal is not null) await portal.DisposeAsync();
        if (mails is not null) await mails.DisposeAsync();
    }

    // Identity's token, as it would have been made then.
    private async Task<string> TokenAsync(PortalUser user, DateTimeOffset made)
    {
        using var bytes = new MemoryStream();
        await using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(made.UtcTicks);
            writer.Write($"{user.Id}");
            writer.Write(UserManager<PortalUser>.ResetPasswordTokenPurpose);
            writer.Write(user.SecurityStamp!);
        }
        var seal = portal.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector(ResetTokens.Name);
        return Convert.ToBase64String(seal.Protect(bytes.ToArray()));
    }

    private async Task<PortalUser> UserAsync(string address)
    {
        await new MemberGround(portal).SignUpAsync(address);
        return await FindAsync(address);
    }

    private Task<PortalUser> FindAsync(string address) =>
        AskAsync<UserManager<PortalUser>, PortalUser>(async users => (await users.FindByEmailAsync(address))!);

    private Task<Problem?> ConfirmAsync(string? secret) =>
        AskAsync<AddressConfirmation, Problem?>(confirmation => confirmation.ConfirmAsync(secret));

    private Task<IEnumerable<string>> ResetAsync(string secret, string password) =>
        AskAsync<PasswordReset, IEnumerable<string>>(async reset =>
            (await reset.ResetAsync(secret, password)).Select(problem => problem.Code));

    private async Task<TAnswer> AskAsync<T, TAnswer>(Func<T, Task<TAnswer>> ask) where T : notnull
    {
        await using var scope = portal.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<T>());
    }
}
