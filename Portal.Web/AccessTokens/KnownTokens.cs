using System.Collections.Concurrent;
using Portal.Domain.AccessTokens;

namespace Portal.Web.AccessTokens;

/// <summary>Tokens recognised a moment ago, so that a busy program costs no query a request. A revoked one is good for two
/// seconds more at the most. Kept and looked up by hash, so that no comparison tells anything of a token's text.</summary>
public sealed class KnownTokens(RecogniseAccessTokenHandler tokens, TimeProvider time)
{
    /// <summary>How long an answer is believed.</summary>
    public static readonly TimeSpan Belief = TimeSpan.FromSeconds(2);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (AccessTokenView Token, DateTimeOffset Until)> known = new();

    /// <summary>The token, or null when it is worth nothing.</summary>
    public async Task<AccessTokenView?> FindAsync(string text, CancellationToken cancel)
    {
        if (text.Length > 200) return null;
        var hash = IssueAccessTokenHandler.HashOf(text);
        var now = time.GetUtcNow();
        if (known.TryGetValue(hash, out var entry) && entry.Until > now && entry.Token.Expires > now) return entry.Token;
        var found = await tokens.HandleAsync(text, cancel);
        if (known.Count >= Most) known.Clear();
        if (found is null) known.TryRemove(hash, out _);
        else known[hash] = (found, now + Belief);
        return found;
    }
}
