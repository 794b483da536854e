using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>What somebody changed of how they sign in.</summary>
public enum SignInChange
{
    /// <summary>An authenticator app was set up and confirmed by a code.</summary>
    AuthenticatorAdded,
    /// <summary>The authenticator app counts no longer.</summary>
    AuthenticatorRemoved,
    /// <summary>A passkey was added.</summary>
    PasskeyAdded,
    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved,
    /// <summary>Recovery codes were made.</summary>
    RecoveryCodesMade,
    /// <summary>A recovery code was used up.</summary>
    RecoveryCodeUsed,
    /// <summary>The password was changed.</summary>
    PasswordChanged,
    /// <summary>A provider that signs them in was connected.</summary>
    ProviderConnected,
    /// <summary>A provider was disconnected.</summary>
    ProviderDisconnected,
}

/// <summary>Writes down that somebody changes how they sign in. Keys, codes and passwords are kept where Identity keeps them;
/// whoever changes them there asks this in the same breath, and takes the change back if it is refused.</summary>
public sealed class ChangeSignInHandler(Ledger ledger, AccountAccess access)
{
    /// <summary>Writes it down: for everybody themselves, in person.</summary>
    public async Task<Result<AppendResult.Appended>> HandleAsync(
        Caller caller, IReadOnlyList<SignInChange> changes, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.ChangeSignIn, "account", cancel) is { } refusal) return refusal;
        var user = caller.User!.Value;
        return await ledger.AppendAsync(caller, [new(Ledger.StreamOf<Account>(user.Value), IEventStore.AnyVersion,
            [.. changes.Select(change => EventOf(user, change))])], cancel);
    }

    /// <summary>The event of a change.</summary>
    public static object EventOf(Id<User> user, SignInChange change) => change switch
    {
        SignInChange.AuthenticatorAdded => new SecondFactorAdded(user, SecondFactorKind.Authenticator),
        SignInChange.AuthenticatorRemoved => new SecondFactorRemoved(user, SecondFactorKind.Authenticator),
        SignInChange.PasskeyAdded => new SecondFactorAdded(user, SecondFactorKind.Passkey),
        SignInChange.PasskeyRemoved => new SecondFactorRemoved(user, SecondFactorKind.Passkey),
        SignInChange.RecoveryCodesMade => new RecoveryCodesMade(user),
        SignInChange.RecoveryCodeUsed => new RecoveryCodeUsed(user),
        SignInChange.PasswordChanged => new PasswordChanged(user),
        SignInChange.ProviderConnected => new ProviderConnected(user),
        SignInChange.ProviderDisconnected => new ProviderDisconnected(user),
        _ => throw new ArgumentOutOfRangeException(nameof(change)),
    };
}
