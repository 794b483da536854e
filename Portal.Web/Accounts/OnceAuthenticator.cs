using Microsoft.AspNetCore.Identity;
using Npgsql;
using OtpNet;

namespace Portal.Web.Accounts;

/// <summary>Codes of authenticator apps (RFC 6238). Each is good once, as 5.2 there asks, whichever node it is shown to, and for
/// its own step of 30 s and the one to either side of it, which clocks that differ take; Identity would take two.</summary>
public sealed class OnceAuthenticator(NpgsqlDataSource database, TimeProvider time) : AuthenticatorTokenProvider<PortalUser>
{
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    // Longer than any code is good.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<PortalUser> manager, PortalUser user)
    {
        ArgumentNullException.ThrowIfNull(manager);
        ArgumentNullException.ThrowIfNull(user);
        var code = string.Concat(token.Where(char.IsAsciiDigit));
        return code.Length == 6 && await manager.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key
            && new Totp(Base32Encoding.ToBytes(key)).VerifyTotp(time.GetUtcNow().UtcDateTime, code, out _, Window)
            && await IsFirstAsync(user.Id, code);
    }

    private async Task<bool> IsFirstAsync(Guid user, string code)
    {
        await using var command = database.CreateCommand(
            "with old as (delete from accounts.used_codes where until < $3) "
            + "insert into accounts.used_codes (user_id, code, until) values ($1, $2, $4) on conflict do nothing");
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var value in (object[])[user, code, now, now + Remembered]) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync() == 1;
    }
}
