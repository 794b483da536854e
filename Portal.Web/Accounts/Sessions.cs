using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Portal.Web.Accounts;

/// <summary>Sign-ins by cookie, each with an id in its ticket, so that what stays open for long ends when the person signs out,
/// changes the password or is removed, on whichever node that happens.</summary>
public sealed class Sessions(NpgsqlDataSource database, IOptions<IdentityOptions> identity, TimeProvider time)
{
    private const string Key = "session";

    private readonly Beliefs<string> stamps = new(time);

    /// <summary>Gives a new session its id.</summary>
    public static Task BeginAsync(CookieSigningInContext context)
    {
        context.Properties.Items[Key] = Guid.NewGuid().ToString("n");
        return Task.CompletedTask;
    }

    /// <summary>Notes that the session of this request is over.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (await context.AuthenticateAsync(IdentityConstants.ApplicationScheme) is not { Succeeded: true } ticket) return;
        if (IdOf(ticket) is not { } id) return;
        await using var command = database.CreateCommand(
            "with gone as (delete from accounts.ended_sessions where until < now()) "
            + "insert into accounts.ended_sessions (id, until) values ($1, $2) on conflict do nothing");
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = (ticket.Properties.ExpiresUtc ?? time.GetUtcNow()).UtcDateTime });
        await command.ExecuteNonQueryAsync(context.RequestAborted);
    }

    /// <summary>Whether the session that a request came with goes on; an answer may be two seconds old.</summary>
    public async ValueTask<bool> GoesOnAsync(HttpContext context, CancellationToken cancel)
    {
        var ticket = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (!ticket.Succeeded || ticket.Properties.ExpiresUtc < time.GetUtcNow() || IdOf(ticket) is not { } id) return false;
        if (!Guid.TryParse(ticket.Principal.FindFirstValue(ClaimTypes.NameIdentifier), out var user)) return false;
        return await stamps.FindAsync($"{id:n}", () => StampAsync(user, id, cancel)) is { } stamp
            && stamp == ticket.Principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
    }

    private async Task<string?> StampAsync(Guid user, Guid session, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(
            "select security_stamp from accounts.users where id = $1 "
            + "and not exists (select from accounts.ended_sessions where id = $2)");
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = session });
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    private static Guid? IdOf(AuthenticateResult ticket) =>
        ticket.Properties?.Items.TryGetValue(Key, out var text) == true && Guid.TryParseExact(text, "n", out var id) ? id : null;
}
