using Microsoft.AspNetCore.Identity;
using Npgsql;
using Portal.Domain.Accounts;

namespace Portal.Web.Accounts;

/// <summary>Signs people in by a passkey alone, or as the second step after their password. The device has asked for a finger, a
/// face or a PIN each time: it is possession and knowledge in one. Nobody guesses one, so nobody's
/// guesses stand in its way.</summary>
public sealed class PasskeySignIn(
    IPasskeyHandler<PortalUser> handler, UserManager<PortalUser> users, SignInManager<PortalUser> manager, SecondStep step,
    PasskeyState state, FailedSignIns failures, NpgsqlDataSource database, TimeProvider time,
    IHttpContextAccessor requests)
{
    /// <summary>What is said of a passkey that is not taken.</summary>
    public const string Refusal = "This passkey was not taken. Sign in in another way, or try it once more.";

    private const string Asking = "sign-in";

    /// <summary>What the browser is asked for a passkey by, as JSON: for whoever is in front of the second step one of
    /// theirs, else any that it has for this portal.</summary>
    public async Task<string> OptionsAsync()
    {
        var made = await handler.MakeRequestOptionsAsync(await step.WhoAsync(), requests.HttpContext!);
        state.Keep(Asking, made.AssertionState ?? "");
        return made.RequestOptionsJson;
    }

    /// <summary>Signs in by what the browser shows.</summary>
    public async Task<SignInAnswer> ByPasskeyAsync(string credential, bool remember)
    {
        var shown = state.Take(Asking) is { } kept ? await handler.PerformAssertionAsync(
            new() { HttpContext = requests.HttpContext!, CredentialJson = credential, AssertionState = kept }) : null;
        if (shown is not { Succeeded: true })
        {
            failures.Note(await step.WhoAsync(), SignInWay.Passkey, SignInFault.Wrong);
            return new(Refusal);
        }
        if (!await manager.CanSignInAsync(shown.User))
        {
            failures.Note(shown.User, SignInWay.Passkey, SignInFault.Disabled);
            return new(SignInAnswer.Disabled);
        }
        // The counter of its signatures goes on, so that a copy is found out.
        if (!(await users.AddOrUpdatePasskeyAsync(shown.User, shown.Passkey)).Succeeded) return new(Refusal);
        await NoteUseAsync(shown.Passkey.CredentialId);
        await step.FinishAsync(shown.User, remember, "hwk");
        return SignInAnswer.Welcome;
    }

    private async Task NoteUseAsync(byte[] id)
    {
        await using var command = database.CreateCommand(
            "update accounts.user_passkeys set used_at = $1 where credential_id = $2");
        command.Parameters.Add(new() { Value = time.GetUtcNow().UtcDateTime });
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync();
    }
}
