using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Web.Mail;

/// <summary>Links of mails. As with invitations, the secret stands behind the hash sign, which no browser sends: it is in no
/// log of a server on the way, and nothing that looks at links ahead of a person uses it up.</summary>
public static class MailLink
{
    /// <summary>What the secret of a link that confirms an address begins with.</summary>
    public const string ConfirmPrefix = "portal_mail_";

    /// <summary>What the secret of a link to a new password begins with.</summary>
    public const string ResetPrefix = "portal_reset_";

    /// <summary>The path of a link that confirms an address.</summary>
    public static string Confirm(Guid user, string token) => $"/confirm-mail#{Write(ConfirmPrefix, user, token)}";

    /// <summary>The path of a link to a new password.</summary>
    public static string Reset(Guid user, string token) => $"/reset-password#{Write(ResetPrefix, user, token)}";

    /// <summary>Account and token of a secret; false for what is none.</summary>
    public static bool TryRead(string prefix, string? secret, out Guid user, [NotNullWhen(true)] out string? token)
    {
        (user, token) = (default, null);
        if (secret is not { Length: <= 2000 } || !secret.StartsWith(prefix, StringComparison.Ordinal)) return false;
        var rest = secret[prefix.Length..];
        if (rest.IndexOf('_', StringComparison.Ordinal) != 32 || !Guid.TryParseExact(rest[..32], "n", out user)) return false;
        try
        {
            token = Encoding.UTF8.GetString(WebEncoders.Base64UrlDecode(rest[33..]));
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Write(string prefix, Guid user, string token) =>
        $"{prefix}{user:n}_{WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(token))}";
}
