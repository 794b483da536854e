using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Web.Accounts.Providers;

/// <summary>Signs people in whom a provider has named, makes their accounts, and connects providers to accounts.</summary>
public sealed class ProviderSignIn(UserManager<PortalUser> users, SignInManager<PortalUser> manager, Registration registration,
    AccountMail mail, ProviderGrants grants, ProviderList providers, SignInChanges changes, FailedSignIns failures,
    ILogger<ProviderSignIn> logger)
{
    /// <summary>The item of a sign-in under way that names who connects a provider to their account.</summary>
    public const string Connects = "connects";

    /// <summary>The item that is there when the provider has asked for a second factor, and is trusted with that.</summary>
    public const string Vouched = "vouched";

    // Where the framework's handlers note who signed somebody in.
    private const string Scheme = ".AuthScheme";

    /// <summary>Finishes what came back from a provider; the cookie that held it in between goes.</summary>
    /// <returns>What came of it, refusals by codes of <see cref="ProviderRefusals"/>; the provider; and whether it was to be
    /// connected.</returns>
    public async Task<(SignInAnswer Answer, Provider? Provider, bool Connected)> FinishAsync(HttpContext context)
    {
        var held = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        var name = held.Properties?.Items.TryGetValue(Scheme, out var scheme) == true ? scheme : null;
        if (!held.Succeeded || providers.Find(name) is not { } provider
            || held.Principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { Length: > 0 } key)
            return (new(ProviderRefusals.State), null, false);
        var person = new ProviderPerson(provider, key, held.Principal, held.Properties!.Items.ContainsKey(Vouched));
        var connects = held.Properties.Items.TryGetValue(Connects, out var whom) && whom is not null;
        var answer = connects
            ? new SignInAnswer(await ConnectAsync(person, context.User, whom!, context.RequestAborted))
            : await SignInAsync(person, context.RequestAborted);
        if (answer.Refusal is { } refusal)
            logger.LogWarning("Signing in with the provider {Provider} was refused: {Code}.", provider.Name, refusal);
        return (answer, provider, connects);
    }

    // Whoever came back must be who went.
    private async Task<string?> ConnectAsync(
        ProviderPerson person, ClaimsPrincipal signedIn, string whom, CancellationToken cancel)
    {
        if (signedIn.FindFirstValue(ClaimTypes.NameIdentifier) != whom || await users.GetUserAsync(signedIn) is not { } user)
            return ProviderRefusals.State;
        var has = await users.FindByLoginAsync(person.Provider.Name, person.Key);
        if (has is not null && has.Id != user.Id) return ProviderRefusals.Taken;
        if (has is null && await changes.MakeAsync(user, [SignInChange.ProviderConnected],
            () => users.AddLoginAsync(user, LoginOf(person))) is not null) return ProviderRefusals.Failed;
        await grants.ApplyAsync(user, person, cancel);
        await manager.RefreshSignInAsync(user);
        return null;
    }

    /// <summary>Signs somebody in whom a provider has named, with an account made for them where they have none. Who has a second
    /// factor here is asked for it, unless the provider vouches for one.</summary>
    /// <returns>What came of it; a refusal is a code of <see cref="ProviderRefusals"/>.</returns>
    public async Task<SignInAnswer> SignInAsync(ProviderPerson person, CancellationToken cancel)
    {
        var user = await users.FindByLoginAsync(person.Provider.Name, person.Key);
        if (user is null)
        {
            var made = await FirstTimeAsync(person, cancel);
            if (!made.Ok) return new(made.Problems[0].Code);
            user = made.Value;
        }
        await grants.ApplyAsync(user, person, cancel);
        if (person.Vouched && await manager.CanSignInAsync(user))
        {
            await manager.SignInWithClaimsAsync(user, isPersistent: false,
                [new Claim(ClaimTypes.AuthenticationMethod, person.Provider.Name), new Claim(SecondFactorDemand.Method, "mfa")]);
            return SignInAnswer.Welcome;
        }
        var done = await manager.ExternalLoginSignInAsync(
            person.Provider.Name, person.Key, isPersistent: false, bypassTwoFactor: false);
        if (done.Succeeded || done.RequiresTwoFactor) return new(SecondStep: done.RequiresTwoFactor);
        failures.Note(user, SignInWay.Provider, SignInFault.Disabled);
        if (user.EmailConfirmed || !mail.Sends) return new(ProviderRefusals.Locked);
        await mail.AskToConfirmAsync(user.Email!, cancel);
        return new(ProviderRefusals.Unconfirmed);
    }

    // Who signs in with it for the first time gets an account by the rules of sign-up, unless one is theirs.
    private async Task<Result<PortalUser>> FirstTimeAsync(ProviderPerson person, CancellationToken cancel)
    {
        if (person.Mail is not { } address) return Refused(ProviderRefusals.NoMail);
        if (await users.FindByEmailAsync(address) is { } known)
        {
            // An address that nobody has confirmed here may have been typed by somebody else, who waits for its owner.
            if (!person.Provider.Settings.LinkByVerifiedMail || !person.MailVerified || !known.EmailConfirmed)
                return Refused(ProviderRefusals.MailTaken);
            return (await users.AddLoginAsync(known, LoginOf(person))).Succeeded ? known : Refused(ProviderRefusals.Failed);
        }
        var made = await registration.RegisterAsync(new(address, person.Name, Password: null, Login: LoginOf(person),
            MailVerified: person.MailVerified), cancel);
        return made.Ok || made.Problems[0].Code != "MAIL_INVALID" ? made : Refused(ProviderRefusals.NoMail);
    }

    private static Problem Refused(string code) => new(code, "");

    private static UserLoginInfo LoginOf(ProviderPerson person) =>
        new(person.Provider.Name, person.Key, person.Provider.DisplayName);
}
