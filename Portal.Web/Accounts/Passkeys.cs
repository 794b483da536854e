using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Web.Accounts;

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="Id">The credential's id in base64url (RFC 4648, 5).</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="AddedAt">When it was added.</param>
/// <param name="UsedAt">When somebody signed in with it last; null for never.</param>
public sealed record ListedPasskey(string Id, string Name, DateTimeOffset AddedAt, DateTimeOffset? UsedAt);

/// <summary>Passkeys (W3C Web Authentication) of who is signed in. The first one makes signing in by password take a second
/// step.</summary>
public sealed class Passkeys(
    UserManager<PortalUser> users, AccountStore store, IPasskeyHandler<PortalUser> handler, PasskeyState state,
    SignInChanges changes, SecondFactors factors, NpgsqlDataSource database, IHttpContextAccessor requests)
{
    /// <summary>Most passkeys of an account.</summary>
    public const int Most = 20;

    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 80;

    private const string Adding = "add";

    /// <summary>What the browser is asked to make a passkey by, as JSON. Whoever asks has been asked for a proof.</summary>
    public async Task<string> OptionsAsync(PortalUser user)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new() { Id = $"{user.Id:d}", Name = user.Email ?? "", DisplayName = user.DisplayName }, requests.HttpContext!);
        state.Keep(Adding, made.AttestationState ?? "");
        return made.CreationOptionsJson;
    }

    /// <summary>Their passkeys, the oldest first.</summary>
    public async Task<IReadOnlyList<ListedPasskey>> ListAsync(PortalUser user)
    {
        var used = await UsedAsync(user.Id);
        return [.. (await users.GetPasskeysAsync(user)).OrderBy(passkey => passkey.CreatedAt).Select(passkey =>
        {
            var id = Base64Url.EncodeToString(passkey.CredentialId);
            return new ListedPasskey(id, passkey.Name ?? "Passkey", passkey.CreatedAt, used.GetValueOrDefault(id));
        })];
    }

    /// <summary>Adds what the browser made.</summary>
    /// <returns>Recovery codes, to be shown once; none where there are some already.</returns>
    public async Task<Result<IReadOnlyList<string>>> AddAsync(PortalUser user, string name, string credential)
    {
        if (Names.Check("name", name, LongestName) is { } wrong) return wrong;
        if ((await users.GetPasskeysAsync(user)).Count >= Most)
            return new Problem("TOO_MANY_PASSKEYS", $"An account has at most {Most} passkeys.", Advice: "Remove one first.");
        var shown = state.Take(Adding) is { } kept ? await handler.PerformAttestationAsync(
            new() { HttpContext = requests.HttpContext!, CredentialJson = credential, AttestationState = kept }) : null;
        if (shown is not { Succeeded: true } || shown.UserEntity.Id != $"{user.Id:d}"
            || await users.FindByPasskeyIdAsync(shown.Passkey.CredentialId) is not null)
            return new Problem("PASSKEY_REFUSED", "This passkey was not taken.",
                Advice: "Try it once more, or with another device.");
        shown.Passkey.Name = name.Trim();
        var made = user.TwoFactorEnabled ? [] : RecoveryCodes.Make();
        var refused = await changes.MakeAsync(user, made.Count > 0
            ? [SignInChange.PasskeyAdded, SignInChange.RecoveryCodesMade] : [SignInChange.PasskeyAdded], async () =>
            {
                var added = await users.AddOrUpdatePasskeyAsync(user, shown.Passkey);
                if (!added.Succeeded) return added;
                if (made.Count > 0) await store.ReplaceCodesAsync(user, made, CancellationToken.None);
                return await factors.SettleAsync(user);
            });
        return refused is null ? Result.Of(made) : Result.Refused<IReadOnlyList<string>>(refused);
    }

    /// <summary>Gives a passkey another name.</summary>
    public async Task<Problem?> RenameAsync(PortalUser user, string id, string name)
    {
        if (Names.Check("name", name, LongestName) is { } wrong) return wrong;
        if (await FindAsync(user, id) is not { } passkey) return Problem.NotFound("passkey");
        passkey.Name = name.Trim();
        return (await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded ? null : Problem.Conflict("passkey");
    }

    /// <summary>Removes a passkey; with the last factor the recovery codes go too.</summary>
    public async Task<IReadOnlyList<Problem>?> RemoveAsync(PortalUser user, string id) =>
        await FindAsync(user, id) is { } passkey
            ? await changes.MakeAsync(user, [SignInChange.PasskeyRemoved], async () =>
            {
                var removed = await users.RemovePasskeyAsync(user, passkey.CredentialId);
                return removed.Succeeded ? await factors.SettleAsync(user) : removed;
            })
            : [Problem.NotFound("passkey")];

    private async Task<UserPasskeyInfo?> FindAsync(PortalUser user, string id) =>
        Base64Url.IsValid(id) ? await users.GetPasskeyAsync(user, Base64Url.DecodeFromChars(id)) : null;

    private async Task<IReadOnlyDictionary<string, DateTimeOffset?>> UsedAsync(Guid user)
    {
        await using var command = database.CreateCommand(
            "select credential_id, used_at from accounts.user_passkeys where user_id = $1 and used_at is not null");
        command.Parameters.Add(new() { Value = user });
        await using var rows = await command.ExecuteReaderAsync();
        var used = new Dictionary<string, DateTimeOffset?>();
        while (await rows.ReadAsync())
            used[Base64Url.EncodeToString(rows.GetFieldValue<byte[]>(0))] = rows.GetFieldValue<DateTimeOffset>(1);
        return used;
    }
}
