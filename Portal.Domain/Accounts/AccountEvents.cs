using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>An account was shut out by an administrator: from then on nothing of it opens anything.</summary>
[EventType("account_disabled")]
public sealed record AccountDisabled(Id<User> User);

/// <summary>An account was let in again.</summary>
[EventType("account_enabled")]
public sealed record AccountEnabled(Id<User> User);

/// <summary>A person administers the installation from now on. The first one is named by the portal itself.</summary>
[EventType("administrator_named")]
public sealed record AdministratorNamed(Id<User> User);

/// <summary>A person does not administer the installation any more.</summary>
[EventType("administrator_removed")]
public sealed record AdministratorRemoved(Id<User> User);

/// <summary>A person audits the installation from now on: sees every project and reads what happened there, and changes
/// nothing.</summary>
[EventType("auditor_named")]
public sealed record AuditorNamed(Id<User> User);

/// <summary>A person does not audit the installation any more.</summary>
[EventType("auditor_removed")]
public sealed record AuditorRemoved(Id<User> User);

/// <summary>A person was erased: their name, mail address and all else that is kept outside of events is gone for good. What is left of
/// them everywhere is this id.</summary>
[EventType("account_erased")]
public sealed record AccountErased(Id<User> User);

/// <summary>Sessions were ended by their owner, or with the account by an administrator. Where they came from stands in a table
/// that is erased with them.</summary>
[EventType("sessions_ended")]
public sealed record SessionsEnded(Id<User> User, IReadOnlyList<Id<Session>> Sessions);

/// <summary>A further proof is asked for at sign-in from now on, or one more counts.</summary>
[EventType("second_factor_added")]
public sealed record SecondFactorAdded(Id<User> User, SecondFactorKind Kind);

/// <summary>A proof counts no longer.</summary>
[EventType("second_factor_removed")]
public sealed record SecondFactorRemoved(Id<User> User, SecondFactorKind Kind);

/// <summary>An administrator took all second factors away from somebody who has lost them: authenticator app, passkeys and
/// recovery codes.</summary>
[EventType("second_factors_removed")]
public sealed record SecondFactorsRemoved(Id<User> User);

/// <summary>Recovery codes were made; those from before are worth nothing.</summary>
[EventType("recovery_codes_made")]
public sealed record RecoveryCodesMade(Id<User> User);

/// <summary>Somebody signed in, or proved who they are, by a recovery code: it is used up.</summary>
[EventType("recovery_code_used")]
public sealed record RecoveryCodeUsed(Id<User> User);

/// <summary>The password is another one.</summary>
[EventType("password_changed")]
public sealed record PasswordChanged(Id<User> User);

/// <summary>A provider says from now on who they are, beside what did so before.</summary>
[EventType("provider_connected")]
public sealed record ProviderConnected(Id<User> User);

/// <summary>A provider's word signs them in no longer.</summary>
[EventType("provider_disconnected")]
public sealed record ProviderDisconnected(Id<User> User);

/// <summary>What proves beside the password who somebody is.</summary>
public enum SecondFactorKind
{
    /// <summary>An authenticator app that shows codes (RFC 6238).</summary>
    Authenticator,
    /// <summary>A passkey (W3C Web Authentication).</summary>
    Passkey,
}
