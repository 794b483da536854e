using Portal.Domain.Audit;
using Portal.Domain.Common;

namespace Portal.Domain.Credentials;

/// <summary>Shows a credential as it was: what it was made of and whether it might be used. Its private half stands
/// nowhere.</summary>
public sealed class CredentialAtHandler(Past past, CredentialAccess credentials)
{
    /// <summary>The credential at a moment, or as it is where none is named; NOT_FOUND, or why there is no such moment.</summary>
    public async Task<Result<AsItWas<Credential>>> HandleAsync(
        Caller caller, Id<Credential> id, Moment? at, CancellationToken cancel)
    {
        var found = await credentials.FindAsync(caller, id, cancel);
        return found.Ok
            ? await past.FindAsync<Credential>(await past.ReadAsync<Credential>(id.Value, cancel), at, "credential", cancel)
            : Result.Refused<AsItWas<Credential>>(found.Problems);
    }
}

/// <summary>What can be said about a credential.</summary>
public static class CredentialTraits
{
    /// <summary>All of it, as it stands.</summary>
    public static IReadOnlyList<Trait> Of(Credential credential)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return credential.Id == default ? [] :
        [
            new("Key", "Owner", credential.Owner.ToString(), TraitKind.Person),
            new("Key", "Fingerprint", credential.Fingerprint, TraitKind.Code),
            new("Key", "Public key", credential.PublicKey, TraitKind.Code),
            new("Key", "May be used", TraitText.Of(credential.Ended is null)),
            new("Key", "Ended", credential.Ended),
        ];
    }
}
