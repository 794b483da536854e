using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.AccessTokens;

/// <summary>Takes tokens back: one, or all of a client.</summary>
public sealed class RevokeAccessTokenHandler(
    Ledger ledger, Access access, IDocuments documents, RecogniseAccessTokenHandler tokens, ITokenUses uses)
{
    /// <summary>Takes one back. Its owner may; asking twice changes nothing.</summary>
    public async Task<Result<AccessToken>> HandleAsync(Caller caller, Id<AccessToken> id, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.RevokeAccessToken, "token", cancel) is { } refusal) return refusal;
        return await RevokeAsync(caller, id, cancel);
    }

    /// <summary>Takes back all that the caller made for a client.</summary>
    /// <returns>Those that were taken back now; none is no refusal.</returns>
    public async Task<Result<IReadOnlyList<Id<AccessToken>>>> HandleAsync(Caller caller, string client, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.RevokeAccessToken, "token", cancel) is { } refusal) return refusal;
        var revoked = new List<Id<AccessToken>>();
        while ((await documents.QueryAsync<AccessTokenView>(new(
            [new("user_id", Comparison.Equal, caller.User!.Value.ToString()), new("name", Comparison.Equal, client.Trim())],
            Limit: 200), cancel)).Items is { Count: > 0 } found)
        {
            foreach (var token in found)
            {
                var done = await HandleAsync(caller, token.Id, cancel);
                if (!done.Ok) return Result.Refused<IReadOnlyList<Id<AccessToken>>>(done.Problems);
                revoked.Add(token.Id);
            }
        }
        return revoked;
    }

    /// <summary>Takes back the token of this text: who holds it may, and needs nothing else (RFC 7009). One that is worth nothing
    /// already is no error.</summary>
    public async Task ShownAsync(Caller caller, string text, CancellationToken cancel)
    {
        if (await tokens.HandleAsync(text, cancel) is not { } token) return;
        await RevokeAsync(caller with { User = token.User, Token = token.Shown }, token.Id, cancel);
    }

    private async Task<Result<AccessToken>> RevokeAsync(Caller caller, Id<AccessToken> id, CancellationToken cancel)
    {
        var revoked = await ledger.ChangeAsync<AccessToken>(caller, id.Value, state =>
            state.Id == default || state.User != caller.User ? Problem.NotFound("token")
            : state.Revoked ? Result.Of<IReadOnlyList<object>>([])
            : new object[] { new AccessTokenRevoked(id) }, cancel);
        if (revoked.Ok) await uses.ForgetAsync(id, cancel);
        return revoked;
    }
}
