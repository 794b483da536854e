using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Identity;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using QRCoder;

namespace Portal.Web.Accounts;

/// <summary>An authenticator app that is being set up.</summary>
/// <param name="Secret">The key in base32 (RFC 4648), in groups of four.</param>
/// <param name="Link">The link that such an app opens.</param>
/// <param name="Picture">The link as a QR code: an SVG element.</param>
public sealed record AuthenticatorSetUp(string Secret, string Link, string Picture);

/// <summary>The second factors of who is signed in: an authenticator app (RFC 6238), and recovery codes for who has lost
/// it.</summary>
public sealed class SecondFactors(
    UserManager<PortalUser> users, AccountStore store, Codes codes, SignInChanges changes, TimeProvider time)
{
    private const string Issuer = "Portal";

    /// <summary>Makes a key. It counts nothing until a code shows that it arrived.</summary>
    /// <returns>Null where an app counts already.</returns>
    public async Task<AuthenticatorSetUp?> BeginAsync(PortalUser user)
    {
        if (user.AuthenticatorSince is not null) return null;
        await store.SetAuthenticatorKeyAsync(user, users.GenerateNewAuthenticatorKey(), CancellationToken.None);
        return (await users.UpdateAsync(user)).Succeeded ? await PendingAsync(user) : null;
    }

    /// <summary>The key that waits for its first code; null if there is none.</summary>
    public async Task<AuthenticatorSetUp?> PendingAsync(PortalUser user)
    {
        if (user.AuthenticatorSince is not null || await users.GetAuthenticatorKeyAsync(user) is not { Length: > 0 } key)
            return null;
        var link = string.Format(CultureInfo.InvariantCulture, "otpauth://totp/{0}:{1}?secret={2}&issuer={0}&digits=6&period=30",
            UrlEncoder.Default.Encode(Issuer), UrlEncoder.Default.Encode(user.Email ?? ""), key);
        return new(string.Join(' ', key.Chunk(4).Select(group => new string(group))), link, Picture(link));
    }

    /// <summary>Confirms the key by a code: from now on it is asked for at sign-in.</summary>
    /// <returns>Recovery codes, to be shown once; none where there are some already.</returns>
    public async Task<Result<IReadOnlyList<string>>> ConfirmAsync(PortalUser user, string code)
    {
        if (user.AuthenticatorSince is not null)
            return new Problem("CONFLICT", "An authenticator app is set up already.", Advice: "Turn it off first.");
        var answer = Codes.IsOfApp(code) ? await codes.TryAsync(user, code) : CodeAnswer.Wrong;
        if (answer != CodeAnswer.Right)
            return new Problem("CODE_WRONG", answer == CodeAnswer.Resting ? Codes.Resting
                : "This is not the code that the app shows now.", "code", Advice: "The clock of the device has to be right.");
        var made = user.TwoFactorEnabled ? [] : RecoveryCodes.Make();
        var refused = await changes.MakeAsync(user, made.Count > 0
            ? [SignInChange.AuthenticatorAdded, SignInChange.RecoveryCodesMade] : [SignInChange.AuthenticatorAdded], async () =>
            {
                (user.AuthenticatorSince, user.TwoFactorEnabled) = (time.GetUtcNow(), true);
                if (made.Count > 0) await store.ReplaceCodesAsync(user, made, CancellationToken.None);
                return await users.UpdateAsync(user);
            });
        return refused is null ? Result.Of(made) : Result.Refused<IReadOnlyList<string>>(refused);
    }

    /// <summary>Turns the app off; with the last factor the recovery codes go too.</summary>
    public Task<IReadOnlyList<Problem>?> TurnOffAsync(PortalUser user) =>
        changes.MakeAsync(user, [SignInChange.AuthenticatorRemoved], async () =>
        {
            user.AuthenticatorSince = null;
            await store.RemoveAuthenticatorKeyAsync(user, CancellationToken.None);
            return await SettleAsync(user);
        });

    /// <summary>Makes new recovery codes, to be shown once; those from before are worth nothing.</summary>
    public async Task<Result<IReadOnlyList<string>>> RenewCodesAsync(PortalUser user)
    {
        if (!user.TwoFactorEnabled) return new Problem("CONFLICT", "Without a second factor there is nothing to recover.");
        var made = RecoveryCodes.Make();
        var refused = await changes.MakeAsync(user, [SignInChange.RecoveryCodesMade], async () =>
        {
            await store.ReplaceCodesAsync(user, made, CancellationToken.None);
            return await users.UpdateAsync(user);
        });
        return refused is null ? Result.Of(made) : Result.Refused<IReadOnlyList<string>>(refused);
    }

    /// <summary>Saves the account; a second step is asked for as long as there is a factor for it.</summary>
    public async Task<IdentityResult> SettleAsync(PortalUser user)
    {
        user.TwoFactorEnabled = user.AuthenticatorSince is not null || (await users.GetPasskeysAsync(user)).Count > 0;
        if (!user.TwoFactorEnabled) await store.ReplaceCodesAsync(user, [], CancellationToken.None);
        return await users.UpdateAsync(user);
    }

    private static string Picture(string link)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(link, QRCodeGenerator.ECCLevel.M);
        using var drawn = new SvgQRCode(data);
        // Black on white in the dark too: most cameras read nothing else.
        return drawn.GetGraphic(4, "#000000", "#ffffff", sizingMode: SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
