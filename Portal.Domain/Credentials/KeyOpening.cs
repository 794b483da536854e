using Portal.Domain.Common;

namespace Portal.Domain.Credentials;

/// <summary>Opens a private key with the security token that its owner gave.</summary>
public sealed class KeyOpening(ISealedKeys sealedKeys)
{
    /// <summary>The private key; the caller wipes it. A token that cannot be one (TOKEN_MALFORMED), or not this credential's
    /// (TOKEN_WRONG), is named as such.</summary>
    public async Task<Result<byte[]>> OpenAsync(CredentialView credential, string securityToken, CancellationToken cancel)
    {
        var envelope = await sealedKeys.FindAsync(credential.Id, cancel);
        return envelope is null
            ? new Problem("CREDENTIAL_GONE", "The key was deleted.", "securityToken", Advice: "Make a new one on the machine's page.")
            : Sealing.OpenKey(securityToken, credential.Machine, credential.Id, envelope);
    }
}
