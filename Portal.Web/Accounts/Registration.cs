using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Web.Edge;

namespace Portal.Web.Accounts;

/// <summary>What an account is made of.</summary>
/// <param name="Mail">The mail address to sign in with.</param>
/// <param name="DisplayName">The name that others see.</param>
/// <param name="Password">The password; null for who signs in elsewhere.</param>
/// <param name="Invitation">The secret of an invitation's link, where somebody comes with one.</param>
/// <param name="Login">Who they are at a provider, where they come from one.</param>
/// <param name="MailVerified">Whether the provider has seen that the address is theirs.</param>
public sealed record NewAccount(string Mail, string DisplayName, string? Password, string? Invitation = null,
    UserLoginInfo? Login = null, bool MailVerified = false)
{
    /// <summary>Neither the password nor the secret.</summary>
    public override string ToString() => nameof(NewAccount);
}

/// <summary>Makes accounts. The first one administers the installation; a lock in the database keeps two firsts apart.</summary>
public sealed class Registration(
    AccountsDb db, UserManager<PortalUser> users, IEnumerable<INewAccount> listeners, SignUpRule rule,
    SignUpInvitations invitations, TimeProvider time, RateLimits limits, IHttpContextAccessor requests, FirstAdministrator firsts)
{
    private const long LockKey = 0x504f5254_46495253; // "PORTFIRS"

    /// <summary>Who may make themselves an account now; the first one always may.</summary>
    public async Task<SignUpMode> ModeAsync(CancellationToken cancel) =>
        rule.Mode == SignUpMode.Open || await db.Users.AnyAsync(cancel) ? rule.Mode : SignUpMode.Open;

    /// <summary>Makes an account for who comes with no invitation.</summary>
    public Task<Result<PortalUser>> RegisterAsync(
        string mail, string displayName, string password, CancellationToken cancel) =>
        RegisterAsync(new(mail, displayName, password), cancel);

    /// <summary>Makes an account. Refusals: <c>SIGN_UP_CLOSED</c>, <c>INVITATION_NEEDED</c> and those of invitations,
    /// <c>RATE_LIMITED</c>, <c>MAIL_INVALID</c>, <c>MAIL_TAKEN</c>, and what is wrong with the password.</summary>
    public async Task<Result<PortalUser>> RegisterAsync(NewAccount account, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(account);
        var mail = account.Mail.Trim();
        if (!MailAddress.IsGood(mail)) return Problem(new() { Code = "InvalidEmail" });
        if (limits.Account(Sender.AddressOf(requests.HttpContext)) is not null)
            return new Problem(RateLimitDoor.Code, "Too many accounts were made from your address.", Advice: "Try again in an hour.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})", cancel);
        var first = !await db.Users.AnyAsync(cancel);
        var allowed = first ? new SignUpInvitation(null) : await AllowedAsync(account, cancel);
        if (!allowed.Ok) return Result.Refused<PortalUser>(allowed.Problems);
        var user = new PortalUser
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UserName = mail,
            Email = mail,
            EmailConfirmed = account.MailVerified,
            DisplayName = account.DisplayName.Trim(),
            Administrator = first,
            CreatedAt = time.GetUtcNow(),
        };
        var made = account.Password is { } password ? await users.CreateAsync(user, password) : await users.CreateAsync(user);
        if (made.Succeeded && account.Login is { } login) made = await users.AddLoginAsync(user, login);
        if (!made.Succeeded)
            return Result.Refused<PortalUser>(made.Errors.Select(Problem).DistinctBy(problem => problem.Code).ToList());
        await transaction.CommitAsync(cancel);
        await invitations.UsedAsync(allowed.Value, new(user.Id), CancellationToken.None);
        // The account stands even when the person closes the page now: what belongs to it is made all the same.
        await firsts.NameAsync(user, CancellationToken.None);
        foreach (var listener in listeners)
            await listener.CreatedAsync(new Id<User>(user.Id), user.DisplayName, CancellationToken.None);
        return user;
    }

    private async Task<Result<SignUpInvitation>> AllowedAsync(NewAccount account, CancellationToken cancel)
    {
        if (rule.Mode == SignUpMode.Closed)
            return new Problem("SIGN_UP_CLOSED", "Sign-up is closed here.", Advice: "Ask the administrator for an account.");
        var found = account.MailVerified
            ? await invitations.OfAddressAsync(account.Mail, cancel)
            : await invitations.FindAsync(account.Invitation?.Trim() ?? "", account.Mail, cancel);
        // Where anybody may come, an invitation that is over keeps nobody out.
        return found.Ok || rule.Mode == SignUpMode.Invitation ? found : new SignUpInvitation(null);
    }

    /// <summary>An error of Identity as a problem with its field.</summary>
    public static Problem Problem(IdentityError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Code switch
        {
            "DuplicateUserName" or "DuplicateEmail" => new("MAIL_TAKEN", "There is an account with this mail address already.",
                "mail", Advice: "Sign in instead."),
            "InvalidEmail" or "InvalidUserName" => new("MAIL_INVALID", "This is not a mail address.", "mail"),
            "PasswordTooShort" => new("PASSWORD_TOO_SHORT",
                $"The password needs at least {PasswordRules.MinimumLength} characters.", "password"),
            "PasswordMismatch" => new("PASSWORD_WRONG", "The present password is wrong.", "current"),
            _ => new(error.Code, error.Description, "password"),
        };
    }
}
