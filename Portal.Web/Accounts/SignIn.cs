using Microsoft.AspNetCore.Identity;
using Portal.Domain.Accounts;
using Portal.Web.Edge;

namespace Portal.Web.Accounts;

/// <summary>Signs people in by password. One answer and the same work for an unknown address, a wrong password and an account
/// that rests, so that nobody learns which addresses have accounts.</summary>
public sealed class SignIn(
    UserManager<PortalUser> users, SignInManager<PortalUser> manager, AddressConfirmation confirmation, RateLimits limits,
    WrongTries tries, FailedSignIns failures, AttemptLog attempts, KnownDevice device, IHttpContextAccessor requests)
{
    /// <summary>What is said when it did not work, whatever the cause.</summary>
    public const string Refusal = "The mail address or the password is not right.";

    /// <summary>Beside it.</summary>
    public const string Advice = "After several wrong tries there is a pause of a few minutes.";

    /// <summary>What is said when too many tries from one address went wrong: nothing is tried then.</summary>
    public const string TooMany = "Too many wrong tries came from your address. Wait a minute, then try again.";

    // A hash of nobody's password, made once: checking it costs what checking a real one costs.
    private static string? decoy;

    /// <summary>Signs in and sets the cookie, or the one of the second step.</summary>
    public async Task<SignInAnswer> ByPasswordAsync(string mail, string password, bool remember)
    {
        var (name, address) = (users.NormalizeEmail(mail.Trim())!, Sender.AddressOf(requests.HttpContext));
        var stopped = !limits.MaySignIn(address);
        var user = stopped && !device.IsAny ? null : await users.FindByEmailAsync(name);
        // Where they signed in before, nobody's guesses keep them out but those from there.
        var known = user is null ? null : device.CountedOf(user.Id);
        if (stopped && known is null)
        {
            attempts.Note(requests.HttpContext, "too many wrong passwords");
            return new(TooMany);
        }
        var answer = await TryAsync(user, name, password, remember, known, address);
        if (answer.Refusal is not null and not AddressConfirmation.Needed && known is null) limits.WrongSignIn(address);
        return answer;
    }

    private async Task<SignInAnswer> TryAsync(
        PortalUser? user, string mail, string password, bool remember, string? known, string address)
    {
        var (subject, client) = (TrySubject.Password(mail), requests.HttpContext?.Connection.RemoteIpAddress?.ToString() ?? "");
        var from = known ?? address;
        var rests = await tries.RestsAsync(subject, from, mail, client, CancellationToken.None) && known is null;
        var may = await tries.TakeAsync(subject, from, CancellationToken.None) && !rests;
        if (user?.PasswordHash is null || !may)
        {
            failures.Note(user, SignInWay.Password, may ? SignInFault.Wrong : SignInFault.Resting);
            decoy ??= users.PasswordHasher.HashPassword(new PortalUser(), Guid.NewGuid().ToString());
            users.PasswordHasher.VerifyHashedPassword(new PortalUser(), decoy, password);
            return new(Refusal);
        }
        if (await confirmation.IsNeededAsync(user, password, CancellationToken.None))
        {
            await tries.ForgetAsync(subject, from, CancellationToken.None);
            return new(AddressConfirmation.Needed);
        }
        var result = await manager.PasswordSignInAsync(user, password, remember, lockoutOnFailure: false);
        if (result is { Succeeded: false, RequiresTwoFactor: false })
        {
            var disabled = result.IsNotAllowed && await users.CheckPasswordAsync(user, password);
            failures.Note(user, SignInWay.Password, disabled ? SignInFault.Disabled : SignInFault.Wrong);
            return new(disabled ? SignInAnswer.Disabled : Refusal);
        }
        await tries.ForgetAsync(subject, from, CancellationToken.None);
        return new(SecondStep: result.RequiresTwoFactor);
    }
}
