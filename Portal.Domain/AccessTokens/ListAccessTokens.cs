using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.AccessTokens;

/// <summary>When and where a token was shown last.</summary>
/// <param name="At">When; a minute may be missing.</param>
/// <param name="Address">From which address.</param>
public sealed record TokenUse(DateTimeOffset At, string? Address);

/// <summary>What is known of where a token was shown.</summary>
/// <param name="Last">When it let a program in last; null when it never did.</param>
/// <param name="Refused">When it was shown last from an address that it is not good from; null when it never was.</param>
public sealed record TokenTraces(TokenUse? Last, TokenUse? Refused);

/// <summary>Knows when and where tokens were shown last. That tells where people are, so it goes with the token, and is in no
/// event; but for a token that is shown from a wrong address, which is noted as a denial too.</summary>
public interface ITokenUses
{
    /// <summary>By token; one that was never shown is absent.</summary>
    Task<IReadOnlyDictionary<Id<AccessToken>, TokenTraces>> FindAsync(
        IReadOnlyCollection<Id<AccessToken>> tokens, CancellationToken cancel);

    /// <summary>Forgets what is known of a token.</summary>
    Task ForgetAsync(Id<AccessToken> token, CancellationToken cancel);
}

/// <summary>A token in its owner's list.</summary>
/// <param name="View">The token.</param>
/// <param name="LastUse">Its last use; null when it was never shown.</param>
/// <param name="LastRefused">When it was shown last from an address that it is not good from; null when it never was.</param>
public sealed record ListedAccessToken(AccessTokenView View, TokenUse? LastUse, TokenUse? LastRefused);

/// <summary>Lists the caller's tokens.</summary>
public sealed class ListAccessTokensHandler(IDocuments documents, Access access, ITokenUses uses)
{
    /// <summary>At most 200, the newest first.</summary>
    public async Task<Result<IReadOnlyList<ListedAccessToken>>> HandleAsync(Caller caller, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.ListAccessTokens, "token", cancel) is { } refusal) return refusal;
        var found = (await documents.QueryAsync<AccessTokenView>(new(
            [new("user_id", Comparison.Equal, caller.User!.Value.ToString())], "issued_at", Descending: true, Limit: 200), cancel)).Items;
        var used = await uses.FindAsync([.. found.Select(token => token.Id)], cancel);
        return found.Select(token =>
        {
            var traces = used.GetValueOrDefault(token.Id);
            return new ListedAccessToken(token, traces?.Last, traces?.Refused);
        }).ToList();
    }
}

/// <summary>Tells whose token a text is.</summary>
public sealed class RecogniseAccessTokenHandler(IDocuments documents, IChance chance)
{
    /// <summary>The token, or null when it is unknown, revoked or expired.</summary>
    public async Task<AccessTokenView?> HandleAsync(string text, CancellationToken cancel)
    {
        if (!text.StartsWith(TokenText.Prefix, StringComparison.Ordinal) || text.Length > TokenText.MaximumLength) return null;
        var found = await documents.QueryAsync<AccessTokenView>(new(
            [new("sha256", Comparison.Equal, TokenText.HashOf(text))], Limit: 1), cancel);
        return found.Items is [var token] ? Good(token) : null;
    }

    /// <summary>The token that was shown some time ago, or null when it was revoked or expired since.</summary>
    public async Task<AccessTokenView?> HandleAsync(Id<AccessToken> id, CancellationToken cancel) =>
        Good(await documents.FindAsync<AccessTokenView>(id.ToString(), cancel));

    /// <summary>Whether the portal has ever made a token of this text: then it is no guess, though it is over or was
    /// revoked.</summary>
    public async Task<bool> WasIssuedAsync(string text, CancellationToken cancel) =>
        text.StartsWith(TokenText.Prefix, StringComparison.Ordinal) && text.Length <= TokenText.MaximumLength
        && await documents.FindAsync<IssuedTokenText>(TokenText.HashOf(text), cancel) is not null;

    private AccessTokenView? Good(AccessTokenView? token) => token?.Expires > chance.Now ? token : null;
}
