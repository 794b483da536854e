using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Portal.Web.Accounts;

/// <summary>Codes of authenticator apps (RFC 6238), as Identity checks them; but each is good once, as 5.2 there asks, whichever
/// node it is shown to.</summary>
public sealed class OnceAuthenticator(NpgsqlDataSource database, TimeProvider time) : AuthenticatorTokenProvider<PortalUser>
{
    // Identity takes codes of two steps of 30 s to either side.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<PortalUser> manager, PortalUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var code = string.Concat(token.Where(char.IsAsciiDigit));
        return code.Length == 6 && await base.ValidateAsync(purpose, code, manager, user) && await IsFirstAsync(user.Id, code);
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
