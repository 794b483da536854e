using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Portal.Web.Accounts;

/// <summary>Identity's store, but for two things that it keeps in clear: the key of an authenticator app is sealed with a key
/// that is not in the database, and of recovery codes only hashes are kept.</summary>
public sealed class AccountStore(AccountsDb db, IDataProtectionProvider protection, IdentityErrorDescriber describer)
    : UserOnlyStore<PortalUser, AccountsDb, Guid>(db, describer)
{
    private const string Provider = "[AspNetUserStore]";
    private const string Codes = "RecoveryCodes";
    private const string Key = "AuthenticatorKey";

    private readonly IDataProtector protector = protection.CreateProtector("Portal.Accounts.AuthenticatorKey");

    /// <inheritdoc/>
    public override Task SetAuthenticatorKeyAsync(PortalUser user, string key, CancellationToken cancellationToken) =>
        SetTokenAsync(user, Provider, Key, protector.Protect(key), cancellationToken);

    /// <inheritdoc/>
    public override async Task<string?> GetAuthenticatorKeyAsync(PortalUser user, CancellationToken cancellationToken)
    {
        try
        {
            return await GetTokenAsync(user, Provider, Key, cancellationToken) is { } kept ? protector.Unprotect(kept) : null;
        }
        catch (CryptographicException)
        {
            // The key ring is another one: no code is right any more. Recovery codes and passkeys do not need it.
            return null;
        }
    }

    /// <summary>Forgets the key of an authenticator app.</summary>
    public Task RemoveAuthenticatorKeyAsync(PortalUser user, CancellationToken cancel) =>
        RemoveTokenAsync(user, Provider, Key, cancel);

    /// <inheritdoc/>
    public override Task ReplaceCodesAsync(
        PortalUser user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        KeepAsync(user, recoveryCodes.Select(code => HashOf(user, code)), cancellationToken);

    /// <inheritdoc/>
    public override async Task<bool> RedeemCodeAsync(PortalUser user, string code, CancellationToken cancellationToken)
    {
        var kept = (await GetTokenAsync(user, Provider, Codes, cancellationToken))?.Split(';') ?? [];
        var hash = HashOf(user, code);
        if (!kept.Contains(hash, StringComparer.Ordinal)) return false;
        await KeepAsync(user, kept.Where(other => other != hash), cancellationToken);
        return true;
    }

    private Task KeepAsync(PortalUser user, IEnumerable<string> hashes, CancellationToken cancel) =>
        SetTokenAsync(user, Provider, Codes, string.Join(';', hashes), cancel);

    // A code has 140 random bits, so a quick hash tells nothing of it; with the account's id no table serves for two of them.
    private static string HashOf(PortalUser user, string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{user.Id:n} {RecoveryCodes.Plain(code)}")));
}
