using System.Security.Cryptography;
using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Fixtures;

/// <summary>Access tokens as if their owners had made them in the browser, where that is not what is tested.</summary>
internal static class MadeTokens
{
    /// <summary>Makes one.</summary>
    public static async Task<IssuedAccessToken> TokenAsync(this Ledger ledger, Caller owner, TokenTerms terms)
    {
        var (id, text) = (new Id<AccessToken>(Guid.CreateVersion7()),
            TokenText.Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        var issued = new AccessTokenIssued(id, owner.User!.Value, terms.Name, TokenText.HashOf(text), DateTimeOffset.UtcNow + terms.Life,
            Scopes.Names(terms.Scopes), terms.Project, [.. terms.Addresses]);
        PortalGround.Ok(await ledger.AppendAsync(owner, [new(Ledger.StreamOf<AccessToken>(id.Value), 0, [issued])], default));
        Secrets.Note("an access token", text, SecretKind.Shown);
        return new(id, text, issued.Expires, [.. terms.Scopes]);
    }
}
