using System.Security.Cryptography;
using Portal.Domain.AccessTokens;
using Portal.Domain.Common;

namespace Portal.Benchmarks.Ground;

/// <summary>Access tokens as if their owners had made them in the browser, which takes a session.</summary>
internal static class MadeTokens
{
    /// <summary>Makes one.</summary>
    public static async Task<IssuedAccessToken> TokenAsync(this Ledger ledger, Caller owner, TokenTerms terms, CancellationToken cancel)
    {
        var (id, text) = (new Id<AccessToken>(Guid.CreateVersion7()),
            TokenText.Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        var issued = new AccessTokenIssued(id, owner.User!.Value, terms.Name, TokenText.HashOf(text), DateTimeOffset.UtcNow + terms.Life,
            Scopes.Names(terms.Scopes), terms.Project, [.. terms.Addresses]);
        var written = await ledger.AppendAsync(owner, [new(Ledger.StreamOf<AccessToken>(id.Value), 0, [issued])], cancel);
        return written.Ok ? new(id, text, issued.Expires, [.. terms.Scopes]) : throw new InvalidOperationException(written.Problems[0].Message);
    }
}
