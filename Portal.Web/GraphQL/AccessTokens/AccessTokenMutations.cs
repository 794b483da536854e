using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.AccessTokens;

/// <summary>Makes an access token.</summary>
/// <param name="Name">The program or the place it is for.</param>
/// <param name="Days">How many days it shall live, 1 to 366.</param>
/// <param name="ClientMutationKey">A repeat with the same key makes no other token. It is refused: the text was shown once.</param>
public sealed record IssueAccessTokenInput(string Name, int Days = 90, Guid? ClientMutationKey = null);

/// <summary>Takes an access token back.</summary>
/// <param name="Id">The token.</param>
/// <param name="ClientMutationKey">A repeat changes nothing more, with or without a key.</param>
public sealed record RevokeAccessTokenInput([Id("AccessToken")] Id<AccessToken> Id, Guid? ClientMutationKey = null);

/// <summary>What is done with access tokens.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class AccessTokenMutations
{
    /// <summary>
    /// Makes an access token for the caller, in person: a token cannot make tokens. Its text is shown this once and stored
    /// nowhere.
    /// </summary>
    [Payload("accessToken")]
    public static async Task<MutationResult<IssuedAccessToken>> IssueAccessTokenAsync(IssueAccessTokenInput input,
        [Caller] Caller caller, IssueAccessTokenHandler tokens, IChance chance, CancellationToken cancel)
    {
        if (input.Days is < 1 or > 366)
            return Refused.Of<IssuedAccessToken>([Problem.Invalid("days", "A token lives 1 to 366 days.")]);
        var id = caller.NewId<AccessToken>(input.ClientMutationKey, chance);
        var issued = await tokens.HandleAsync(caller, new(id, input.Name, TimeSpan.FromDays(input.Days)), cancel);
        return issued.Ok ? issued.Value : Refused.Of<IssuedAccessToken>(issued.Problems);
    }

    /// <summary>Takes an access token back. It is worth nothing from then on, two seconds later at the latest.</summary>
    [Payload("revokedId"), Id("AccessToken")]
    public static async Task<MutationResult<Id<AccessToken>>> RevokeAccessTokenAsync(RevokeAccessTokenInput input,
        [Caller] Caller caller, RevokeAccessTokenHandler tokens, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"revokeAccessToken {input.Id}", input.ClientMutationKey);
        var revoked = await tokens.HandleAsync(keyed, input.Id, cancel);
        return revoked.Ok ? input.Id : Refused.Of<Id<AccessToken>>(revoked.Problems);
    }
}
