using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Web.Composition;
using Portal.Web.Edge;

namespace Portal.Web.Accounts;

/// <summary>Makes accounts. The first one administers the installation; a lock in the database keeps two firsts apart.</summary>
public sealed class Registration(
    AccountsDb db, UserManager<PortalUser> users, IEnumerable<INewAccount> listeners, PortalSettings settings, TimeProvider time,
    RateLimits limits, IHttpContextAccessor requests, FirstAdministrator firsts)
{
    private const long LockKey = 0x504f5254_46495253; // "PORTFIRS"

    /// <summary>Whether strangers may make themselves an account; the first one always may.</summary>
    public async Task<bool> OpenAsync(CancellationToken cancel) =>
        settings.SignUpOpen || !await db.Users.AnyAsync(cancel);

    /// <summary>Makes an account. Refusals: <c>SIGN_UP_CLOSED</c>, <c>RATE_LIMITED</c>, <c>MAIL_TAKEN</c>, and what is wrong with
    /// the password.</summary>
    public async Task<Result<PortalUser>> RegisterAsync(string mail, string displayName, string password,
        CancellationToken cancel)
    {
        if (limits.Account(Sender.AddressOf(requests.HttpContext)) is not null)
            return new Problem(RateLimitDoor.Code, "Too many accounts were made from your address.", Advice: "Try again in an hour.");
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({LockKey})", cancel);
        var first = !await db.Users.AnyAsync(cancel);
        if (!first && !settings.SignUpOpen)
            return new Problem("SIGN_UP_CLOSED", "Sign-up is closed here.", Advice: "Ask the administrator for an account.");
        var user = new PortalUser
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            UserName = mail.Trim(),
            Email = mail.Trim(),
            DisplayName = displayName.Trim(),
            Administrator = first,
            CreatedAt = time.GetUtcNow(),
        };
        var made = await users.CreateAsync(user, password);
        if (!made.Succeeded)
            return Result.Refused<PortalUser>(made.Errors.Select(Problem).DistinctBy(problem => problem.Code).ToList());
        await transaction.CommitAsync(cancel);
        // The account stands even when the person closes the page now: what belongs to it is made all the same.
        await firsts.NameAsync(user, CancellationToken.None);
        foreach (var listener in listeners)
            await listener.CreatedAsync(new Id<User>(user.Id), user.DisplayName, CancellationToken.None);
        return user;
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
