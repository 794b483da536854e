using Microsoft.AspNetCore.Identity;
using Portal.Domain.Accounts;
using Portal.Web.Edge;

namespace Portal.Web.Accounts;

/// <summary>What came of a code.</summary>
public enum CodeAnswer
{
    /// <summary>It is not right, or was used before.</summary>
    Wrong,
    /// <summary>Nothing was looked at: after wrong codes there is a pause.</summary>
    Resting,
    /// <summary>It is right, of the authenticator app.</summary>
    Right,
    /// <summary>It is right, and a recovery code: it is used up now.</summary>
    Recovery,
}

/// <summary>Checks codes of authenticator apps and recovery codes. Who tries them knows the password already, so wrong ones are
/// counted by account, wherever they come from.</summary>
public sealed class Codes(UserManager<PortalUser> users, WrongTries tries, RateLimits limits, FailedSignIns failures,
    IHttpContextAccessor requests)
{
    /// <summary>What is said during a pause.</summary>
    public const string Resting = "After several wrong codes there is a pause. Try again in a few minutes.";

    /// <summary>Whether a text looks like a code of an authenticator app: six digits, with blanks as they please.</summary>
    public static bool IsOfApp(string text) =>
        text.All(sign => char.IsAsciiDigit(sign) || sign == ' ') && text.Count(char.IsAsciiDigit) == 6;

    /// <summary>Tries a code.</summary>
    public async Task<CodeAnswer> TryAsync(PortalUser user, string code)
    {
        if (!await tries.TakeAsync(TrySubject.Code(user.Id), "", CancellationToken.None))
        {
            failures.Note(user, SignInWay.Code, SignInFault.Resting);
            return CodeAnswer.Resting;
        }
        var answer = IsOfApp(code) ? await OfAppAsync(user, code) : await RecoveryAsync(user, code);
        if (answer == CodeAnswer.Wrong)
        {
            limits.WrongSignIn(Sender.AddressOf(requests.HttpContext));
            failures.Note(user, SignInWay.Code, SignInFault.Wrong);
        }
        else await tries.ForgetAsync(TrySubject.Code(user.Id), "", CancellationToken.None);
        return answer;
    }

    private async Task<CodeAnswer> OfAppAsync(PortalUser user, string code) =>
        await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, code)
            ? CodeAnswer.Right : CodeAnswer.Wrong;

    private async Task<CodeAnswer> RecoveryAsync(PortalUser user, string code) =>
        (await users.RedeemTwoFactorRecoveryCodeAsync(user, code)).Succeeded ? CodeAnswer.Recovery : CodeAnswer.Wrong;
}
