using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.AccessTokens;

/// <summary>Takes tokens back: one, or all of a client.</summary>
public sealed class RevokeAccessTokenHandler(
    Ledger ledger, Access access, IDocuments documents, RecogniseAccessTokenHandler tokens, ITokenUses uses) : IPersonErased
{
    /// <summary>Takes one back. Its owner may; asking twice changes nothing.</summary>
    public async Task<Result<AccessToken>> HandleAsync(Caller caller, Id<AccessToken> id, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.RevokeAccessToken, "token", cancel) is { } refusal) return refusal;
        return await RevokeAsync(caller, id, caller.User, cancel);
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

    /// <summary>Takes back all of the caller's own.</summary>
    /// <returns>How many there were.</returns>
    public async Task<Result<int>> HandleAllAsync(Caller caller, CancellationToken cancel) =>
        await access.RefusalAsync(caller, Operation.RevokeAccessToken, "token", cancel) is { } refusal
            ? refusal
            : await RevokeAllAsync(caller, caller.User!.Value);

    /// <summary>Takes back the token of this text: who holds it may, and needs nothing else (RFC 7009). One that is worth nothing
    /// already is no error.</summary>
    public async Task ShownAsync(Caller caller, string text, CancellationToken cancel)
    {
        if (await tokens.HandleAsync(text, cancel) is not { } token) return;
        await RevokeAsync(caller with { User = token.User, Token = token.Shown }, token.Id, token.User, cancel);
    }

    /// <inheritdoc/>
    public async Task<Problem?> ErasedAsync(Caller caller, Id<User> person) =>
        await RevokeAllAsync(caller, person) is { Ok: false } refused ? refused.Problems[0] : null;

    /// <summary>Takes back all of a person's, for a handler that has decided it.</summary>
    internal async Task<Result<int>> RevokeAllAsync(Caller caller, Id<User> person)
    {
        var revoked = 0;
        // Each that is taken back leaves the list.
        while ((await documents.QueryAsync<AccessTokenView>(new([new("user_id", Comparison.Equal, person.ToString())], Limit: 200),
            CancellationToken.None)).Items is { Count: > 0 } found)
            foreach (var token in found)
            {
                if (await RevokeAsync(caller, token.Id, person, CancellationToken.None) is { Ok: false } refused)
                    return Result.Refused<int>(refused.Problems);
                revoked++;
            }
        return revoked;
    }

    private async Task<Result<AccessToken>> RevokeAsync(
        Caller caller, Id<AccessToken> id, Id<User>? owner, CancellationToken cancel)
    {
        var revoked = await ledger.ChangeAsync<AccessToken>(caller, id.Value, state =>
            state.Id == default || state.User != owner ? Problem.NotFound("token")
            : state.Revoked ? Result.Of<IReadOnlyList<object>>([])
            : new object[] { new AccessTokenRevoked(id) }, cancel);
        if (revoked.Ok) await uses.ForgetAsync(id, cancel);
        return revoked;
    }
}
