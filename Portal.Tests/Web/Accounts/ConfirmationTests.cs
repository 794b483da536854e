using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Portal.Cli.Login;
using Portal.Domain.Common;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Domain.AccessTokens;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Fixtures.Leaks;
using Portal.Web.Accounts;
using Portal.Web.Mail;

namespace Portal.Tests.Web.Accounts;

/// <summary>Addresses that are confirmed and passwords that are replaced, by links of mails.</summary>
public sealed class ConfirmationTests(MailGround ground) : IClassFixture<MailGround>
{
    private const string Password = "correct horse battery";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_who_knows_the_password_learns_that_an_address_waits_and_a_link_confirms_its_own_account_alone()
    {
        var address = MemberGround.Address();
        using var web = new WebForms(ground.Portal.Address);
        var said = await web.SignUpAsync("Grace", address, Password, Cancel);
        Assert.Contains("Confirm its mail address", said, StringComparison.Ordinal);
        Assert.StartsWith(SignIn.Refusal, await web.SignInAsync(address, "not the right one", Cancel));
        Assert.StartsWith(AddressConfirmation.Needed, await web.SignInAsync(address, Password, Cancel));
        var secret = (await ground.Mails.NextAsync(address, Cancel)).Link.Split('#')[1];
        var other = await ground.UserAsync();
        MailLink.TryRead(MailLink.ConfirmPrefix, secret, out _, out var token);
        foreach (var wrong in (string?[])[null, secret[..^6], MailLink.Confirm(other.Id, token!).Split('#')[1]])
            Assert.Equal("LINK_OVER", (await ConfirmAsync(wrong))!.Code);
        Assert.Null(await ConfirmAsync(secret));
        Assert.Null(await web.SignInAsync(address, Password, Cancel));
        Assert.False((await ground.FindAsync(other.Email!)).EmailConfirmed);
    }

    [Fact]
    public async Task Who_signs_up_with_an_address_that_is_taken_hears_what_everybody_hears_and_its_owner_gets_a_mail()
    {
        using var web = new WebForms(ground.Portal.Address);
        var owner = await ground.UserAsync();
        await ground.AskAsync<UserManager<PortalUser>, IdentityResult>(async users =>
        {
            var one = (await users.FindByIdAsync($"{owner.Id}"))!;
            one.EmailConfirmed = true;
            return await users.UpdateAsync(one);
        });
        var waits = MemberGround.Address();
        var said = await web.SignUpAsync("Grace", waits, Password, Cancel);
        Assert.NotNull(said);
        foreach (var taken in (string[])[owner.Email!, waits])
        {
            Assert.Equal(said, await web.SignUpAsync("Grace", taken, Password, Cancel));
            // What is wrong with a password is told before that.
            Assert.DoesNotContain("already", await web.SignUpAsync("Grace", taken, "short", Cancel), StringComparison.Ordinal);
        }
        var told = await ground.Mails.NextAsync(owner.Email!, Cancel);
        Assert.Equal(("You have an account already", "http://portal.test/sign-in"), (told.Message.Subject, told.Link));
        Assert.Contains("#", (await ground.Mails.NextAsync(waits, Cancel, after: 1)).Link, StringComparison.Ordinal);
        Assert.Equal(owner.PasswordHash, (await ground.FindAsync(owner.Email!)).PasswordHash);
    }

    [Fact]
    public async Task Another_password_ends_sessions_and_the_lock_keeps_second_factors_and_uses_up_every_link()
    {
        var user = await ground.UserAsync();
        await ground.AskAsync<UserManager<PortalUser>, IdentityResult>(async users =>
        {
            var one = (await users.FindByIdAsync($"{user.Id}"))!;
            await users.ResetAuthenticatorKeyAsync(one);
            await users.SetTwoFactorEnabledAsync(one, true);
            return await users.SetLockoutEndDateAsync(one, DateTimeOffset.MaxValue);
        });
        for (var i = 0; i < 2; i++)
            Assert.Null(await ground.AskAsync<AccountMail, Problem?>(one => one.AskForResetAsync(user.Email!, Cancel)));
        ReceivedMail[] links =
            [await ground.Mails.NextAsync(user.Email!, Cancel), await ground.Mails.NextAsync(user.Email!, Cancel, after: 1)];
        var secrets = links.Select(mail => mail.Link.Split('#')[1]).ToList();
        var before = await ground.FindAsync(user.Email!);
        Assert.Equal(["PASSWORD_TOO_SHORT"], await ResetAsync(secrets[0], "short"));
        Assert.Equal(["LINK_OVER"], await ResetAsync(secrets[0][..^6], "another long sentence"));
        Assert.Empty(await ResetAsync(secrets[0], "another long sentence"));
        var after = await ground.FindAsync(user.Email!);
        Assert.NotEqual(before.SecurityStamp, after.SecurityStamp);
        Assert.Equal((true, null), (after.TwoFactorEnabled, after.LockoutEnd));
        Assert.True(after.EmailConfirmed);
        foreach (var secret in secrets) Assert.Equal(["LINK_OVER"], await ResetAsync(secret, "yet another sentence"));
        Assert.Equal("Your password was changed", (await ground.Mails.NextAsync(user.Email!, Cancel, after: 2)).Message.Subject);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(61, false)]
    public async Task A_link_to_another_password_is_good_for_an_hour(int minutes, bool good)
    {
        var user = await ground.UserAsync();
        var made = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(minutes);
        var secret = MailLink.Reset(user.Id, await TokenAsync(user, made)).Split('#')[1];
        Assert.Equal(good ? [] : ["LINK_OVER"], await ResetAsync(secret, "another long sentence"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_password_revokes_access_tokens_unless_they_are_to_stay_and_of_a_new_one_a_mail_tells(bool keep)
    {
        var user = await ground.UserAsync();
        var services = ground.Portal.Services;
        var owner = new Caller(new(user.Id), null, "page", false, Guid.NewGuid(), "127.0.0.1");
        var token = await services.GetRequiredService<Ledger>().TokenAsync(owner, new TokenRules().Terms("ci"));
        Assert.Null(await ground.AskAsync<AccountMail, Problem?>(one => one.AskForResetAsync(user.Email!, Cancel)));
        var secret = (await ground.Mails.NextAsync(user.Email!, Cancel)).Link.Split('#')[1];
        Assert.Empty(await ResetAsync(secret, "another long sentence", keep));
        var known = await services.GetRequiredService<RecogniseAccessTokenHandler>().HandleAsync(token.Text, Cancel);
        Assert.Equal(keep, known is not null);
        Assert.Equal("Your password was changed", (await ground.Mails.NextAsync(user.Email!, Cancel, after: 1)).Message.Subject);

        owner = owner with { Session = await new AccountGround(ground.Portal).SessionAsync(owner) };
        var made = PortalGround.Ok(await services.GetRequiredService<IssueAccessTokenHandler>().HandleAsync(
            owner, new(new(Guid.NewGuid()), new TokenRules().Terms("nightly")), Cancel));
        Secrets.Note("an access token", made.Text, SecretKind.Shown);
        var told = (await ground.Mails.NextAsync(user.Email!, Cancel, after: 2)).Message;
        Assert.Equal("An access token was made", told.Subject);
        Assert.Contains("\u201cnightly\u201d", told.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Text, told.TextBody, StringComparison.Ordinal);
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
        var seal = ground.Portal.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector(ResetTokens.Name);
        return Convert.ToBase64String(seal.Protect(bytes.ToArray()));
    }

    private Task<Problem?> ConfirmAsync(string? secret) =>
        ground.AskAsync<AddressConfirmation, Problem?>(confirmation => confirmation.ConfirmAsync(secret));

    private Task<IEnumerable<string>> ResetAsync(string secret, string password, bool keepTokens = false) =>
        ground.AskAsync<PasswordReset, IEnumerable<string>>(async reset =>
            (await reset.ResetAsync(secret, password, keepTokens)).Select(problem => problem.Code));
}
