using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Web.Accounts;

/// <summary>The second step of signing in: the password was right, a code is asked for.</summary>
public sealed class SecondStep(
    SignInManager<PortalUser> manager, Codes codes, ChangeSignInHandler changes, FailedSignIns failures,
    IHttpContextAccessor requests)
{
    /// <summary>What is said of a code that is not taken.</summary>
    public const string Refusal = "This code is not right, or was used already.";

    /// <summary>What is said when the first step was too long ago.</summary>
    public const string TooLate = "That took too long. Sign in anew.";

    /// <summary>Who is in front of the second step; null for nobody.</summary>
    public Task<PortalUser?> WhoAsync() => manager.GetTwoFactorAuthenticationUserAsync();

    /// <summary>Signs in by a code of the authenticator app, or by a recovery code.</summary>
    public async Task<SignInAnswer> ByCodeAsync(string code, bool remember)
    {
        if (await WhoAsync() is not { } user) return new(TooLate);
        var answer = user.AuthenticatorSince is null && Codes.IsOfApp(code) ? CodeAnswer.Wrong : await codes.TryAsync(user, code);
        if (answer is CodeAnswer.Wrong or CodeAnswer.Resting) return new(answer == CodeAnswer.Wrong ? Refusal : Codes.Resting);
        if (!await manager.CanSignInAsync(user))
        {
            failures.Note(user, SignInWay.Code, SignInFault.Disabled);
            return new(SignInAnswer.Disabled);
        }
        if (answer == CodeAnswer.Recovery)
        {
            var caller = CallerFactory.Of(requests.HttpContext!, "page") with { User = new Id<User>(user.Id) };
            await changes.HandleAsync(caller, [SignInChange.RecoveryCodeUsed], CancellationToken.None);
        }
        await FinishAsync(user, remember, "mfa");
        return SignInAnswer.Welcome;
    }

    /// <summary>Signs in who has proved enough, and forgets that they were in front of the second step.</summary>
    /// <param name="user">Who.</param>
    /// <param name="remember">Whether the cookie outlives the browser's window.</param>
    /// <param name="how">How they proved it (RFC 8176).</param>
    public async Task FinishAsync(PortalUser user, bool remember, string how)
    {
        await manager.SignInWithClaimsAsync(user, remember, [new Claim(SecondFactorDemand.Method, how)]);
        await requests.HttpContext!.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
    }
}
