using Portal.Domain.Common;

namespace Portal.Domain.Credentials;

/// <summary>Opens a private key with the security token that its owner gave.</summary>
public sealed class KeyOpening(ISealedKeys sealedKeys)
{
    /// <summary>The private key; the caller wipes it. A token that cannot be one, or not this credential's, is named as such.</summary>
    public async Task<Result<byte[]>> OpenAsync(CredentialView credential, string securityToken, CancellationToken cancel)
    {
        if (await sealedKeys.FindAsync(credential.Id, cancel) is not { } envelope)
            return new Problem("CREDENTIAL_GONE", "The key was deleted.", "securityToken", Advice: "Make a new one on the machine's page.");
        return new Problem("PENDING", envelope.Length + securityToken);
    }
}
