using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Web.Accounts;

namespace Portal.Web.AccessTokens;

/// <summary>Tokens recognised a moment ago, so that a busy program costs no query a request. A revoked one is good for two
/// seconds more at the most, and so is one of an account that was disabled. Kept and looked up by hash, so that no comparison
/// tells anything of a token's text.</summary>
public sealed class KnownTokens(RecogniseAccessTokenHandler tokens, IDocuments documents, TimeProvider time)
{
    private readonly Beliefs<AccessTokenView> known = new(time);
    private readonly Beliefs<string> issued = new(time);

    /// <summary>The token of this text, or null when it is worth nothing.</summary>
    public async Task<AccessTokenView?> FindAsync(string text, CancellationToken cancel) => text.Length > TokenText.MaximumLength ? null
        : Good(await known.FindAsync(TokenText.HashOf(text),
            async () => await EnabledAsync(await tokens.HandleAsync(text, cancel), cancel)));

    /// <summary>The token of this id, shown some time ago, or null when it is worth nothing any more.</summary>
    public async Task<AccessTokenView?> FindAsync(Id<AccessToken> id, CancellationToken cancel) =>
        Good(await known.FindAsync(id.ToString(), async () => await EnabledAsync(await tokens.HandleAsync(id, cancel), cancel)));

    /// <summary>Whether a text that is worth nothing was a token of the portal's once: then whoever shows it does not guess.</summary>
    public async Task<bool> WasIssuedAsync(string text, CancellationToken cancel) => text.Length <= TokenText.MaximumLength
        && await issued.FindAsync(TokenText.HashOf(text), async () =>
            await tokens.WasIssuedAsync(text, cancel) ? "" : null) is not null;

    private async Task<AccessTokenView?> EnabledAsync(AccessTokenView? token, CancellationToken cancel) =>
        token is not null && await documents.IsDisabledAsync(token.User, cancel) ? null : token;

    private AccessTokenView? Good(AccessTokenView? token) => token?.Expires > time.GetUtcNow() ? token : null;
}
