using Microsoft.AspNetCore.Identity;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Web.Edge;

namespace Portal.Web.Accounts;

/// <summary>Asks anew for who is signed in before they change how they sign in: somebody else may sit there. The password
/// does, or a code; an account that has neither takes a session that began a moment ago.</summary>
public sealed class Proofs(
    UserManager<PortalUser> users, Codes codes, WrongTries tries, SessionTable sessions,
    FailedSignIns failures, ChangeSignInHandler changes, SignInManager<PortalUser> manager, IHttpContextAccessor requests,
    TimeProvider time)
{
    /// <summary>The field that problems are about.</summary>
    public const string Field = "proof";

    /// <summary>The code of what was given and is not right.</summary>
    public const string IsWrong = "PROOF_WRONG";

    /// <summary>Null when it is proved. The session notes when, unless its own beginning was the proof.</summary>
    /// <param name="user">Who is signed in.</param>
    /// <param name="given">The password, a code of the authenticator app or a recovery code.</param>
    public async Task<Problem?> RefusalAsync(PortalUser user, string? given)
    {
        var refusal = await TryAsync(user, given);
        if (refusal is null && !string.IsNullOrWhiteSpace(given) && Sessions.Of(requests.HttpContext!.User) is { } session)
            await sessions.ProveAsync(session, CancellationToken.None);
        return refusal;
    }

    private async Task<Problem?> TryAsync(PortalUser user, string? given)
    {
        var text = given?.Trim() ?? "";
        if (user.PasswordHash is null && user.AuthenticatorSince is null && text.Length == 0) return await FreshAsync();
        if (text.Length == 0) return Problem.Invalid(Field, "Your password or a code is needed.");
        var coded = (user.AuthenticatorSince is not null && Codes.IsOfApp(text))
            || (user.TwoFactorEnabled && RecoveryCodes.Looks(text) && text.Contains('-', StringComparison.Ordinal));
        return coded ? await ByCodeAsync(user, text) : await ByPasswordAsync(user, given!);
    }

    private async Task<Problem?> ByCodeAsync(PortalUser user, string code)
    {
        var answer = await codes.TryAsync(user, code);
        if (answer == CodeAnswer.Recovery)
            await changes.HandleAsync(
                CallerFactory.Of(requests.HttpContext!, "page"), [SignInChange.RecoveryCodeUsed], CancellationToken.None);
        return answer switch
        {
            CodeAnswer.Wrong => Wrong(SecondStep.Refusal),
            CodeAnswer.Resting => Wrong(Codes.Resting),
            _ => null,
        };
    }

    /// <summary>Null when this is the password; wrong ones are counted by the session, so that nobody elsewhere makes its owner
    /// wait.</summary>
    public async Task<Problem?> ByPasswordAsync(PortalUser user, string password)
    {
        var subject = TrySubject.Password(user.NormalizedEmail ?? "");
        var http = requests.HttpContext!;
        var from = Sessions.Of(http.User) is { } session ? $"session {session:n}" : Sender.AddressOf(http);
        if (!await tries.TakeAsync(subject, from, CancellationToken.None))
        {
            failures.Note(user, SignInWay.Password, SignInFault.Resting);
            return Wrong("After several wrong tries there is a pause. Try again in a few minutes.");
        }
        var stamp = user.SecurityStamp;
        if (!await users.CheckPasswordAsync(user, password))
        {
            failures.Note(user, SignInWay.Password, SignInFault.Wrong);
            return Wrong("That is not right.");
        }
        await tries.ForgetAsync(subject, from, CancellationToken.None);
        // Its hash was of fewer rounds than today's and is another one, which ends sessions, but not this one.
        if (user.SecurityStamp != stamp) await manager.RefreshSignInAsync(user);
        return null;
    }

    private async Task<Problem?> FreshAsync() =>
        Sessions.Of(requests.HttpContext!.User) is { } session
        && await sessions.ProvedAsync(new(session), CancellationToken.None) > time.GetUtcNow() - FreshProof.Fresh
            ? null
            : new Problem("PROOF_NEEDED", "You signed in more than ten minutes ago.", Field,
                Advice: "Sign out, sign in again, and come back.");

    private static Problem Wrong(string words) => new(IsWrong, words, Field);
}
