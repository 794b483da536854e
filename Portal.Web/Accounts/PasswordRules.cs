using Microsoft.AspNetCore.Identity;

namespace Portal.Web.Accounts;

/// <summary>A password is long, is not built on what everybody knows of the person, and is none of those that are tried first
/// (NIST SP 800-63B, 3.1.1).</summary>
public sealed class PasswordRules(LeakedPasswords leaked) : IPasswordValidator<PortalUser>
{
    /// <summary>Fewest characters of a password.</summary>
    public const int MinimumLength = 12;

    /// <summary>Most characters of a password.</summary>
    public const int MaximumLength = 256;

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512 that a password is hashed by (OWASP ASVS 5.0, appendix C). A hash of fewer is
    /// made anew when its owner signs in.</summary>
    public const int Rounds = 210_000;

    /// <inheritdoc/>
    public Task<IdentityResult> ValidateAsync(UserManager<PortalUser> manager, PortalUser user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        var given = password ?? "";
        string?[] known = [user.Email, user.Email?.Split('@')[0], user.DisplayName];
        if (known.Any(word => word is { Length: > 3 } && Same(given, word)))
            return Refused("PASSWORD_IS_NAME", "The password may not be your name or your mail address.");
        if (given.Distinct().Count() < 5)
            return Refused("PASSWORD_TOO_SIMPLE", "The password needs at least 5 different characters.");
        if (CommonPasswords.Repeats(given) || CommonPasswords.IsSequence(given))
            return Refused("PASSWORD_TOO_SIMPLE",
                "The password repeats itself, or runs along the keys. Take words that do not belong together.");
        if (leaked.Holds(given))
            return Refused("PASSWORD_LEAKED",
                "This password has leaked somewhere, and is tried by who guesses. Take one that you use nowhere else.");
        // One that is too short is told so, and no more.
        return CommonPasswords.IsCommon(given) || (given.Length >= MinimumLength && CommonPasswords.IsGuessedSoon(given))
            ? Refused("PASSWORD_COMMON",
                "The password is one of those that are tried first. Take words that do not belong together.")
            : Task.FromResult(IdentityResult.Success);
    }

    private static Task<IdentityResult> Refused(string code, string words) =>
        Task.FromResult(IdentityResult.Failed(new IdentityError { Code = code, Description = words }));

    // "anna.muster.1234" is still the name: digits and signs around it do not count.
    private static bool Same(string password, string word) =>
        string.Equals(Letters(password), Letters(word), StringComparison.OrdinalIgnoreCase)
        || string.Equals(password, word, StringComparison.OrdinalIgnoreCase);

    private static string Letters(string text)
    {
        var letters = string.Concat(text.Where(char.IsLetter));
        return letters.Length < 4 ? text : letters;
    }
}
