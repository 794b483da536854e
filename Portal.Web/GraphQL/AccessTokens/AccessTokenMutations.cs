using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.AccessTokens;

/// <summary>Makes an access token.</summary>
/// <param name="Name">The client: the program or the place that it is for.</param>
/// <param name="Days">How many days it shall live; the longest depends on the scopes. Left out, at most 90.</param>
/// <param name="Scopes">What it may be used for; left out, everything.</param>
/// <param name="Project">The only project that shall exist for it; left out, all of the caller's.</param>
/// <param name="Addresses">Ranges of addresses that it is good from, like 192.0.2.0/24; left out, everywhere.</param>
/// <param name="ClientMutationKey">A repeat with the same key makes no other token and is refused: the text was shown.</param>
public sealed record IssueAccessTokenInput(string Name, int? Days = null, IReadOnlyList<Scope>? Scopes = null,
    [Id("Project")] Id<Project>? Project = null, IReadOnlyList<string>? Addresses = null, Guid? ClientMutationKey = null);

/// <summary>Takes an access token back.</summary>
/// <param name="Id">The token.</param>
/// <param name="ClientMutationKey">A repeat changes nothing more, with or without a key.</param>
public sealed record RevokeAccessTokenInput([Id("AccessToken")] Id<AccessToken> Id, Guid? ClientMutationKey = null);

/// <summary>Takes all access tokens of a client back.</summary>
/// <param name="Client">The name that they were made for.</param>
/// <param name="ClientMutationKey">A repeat takes back what was made since, with or without a key.</param>
public sealed record RevokeAccessTokensInput(string Client, Guid? ClientMutationKey = null);

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
        [Caller] Caller caller, IssueAccessTokenHandler tokens, [Service] TokenRules rules, IChance chance, CancellationToken cancel)
    {
        var id = caller.NewId<AccessToken>(input.ClientMutationKey, chance);
        var terms = rules.Terms(input.Name, input.Scopes, input.Project, input.Addresses, input.Days);
        var issued = await tokens.HandleAsync(caller, new(id, terms), cancel);
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

    /// <summary>Takes all access tokens of a client back.</summary>
    [Payload("revokedIds"), Id("AccessToken")]
    public static async Task<MutationResult<Id<AccessToken>[]>> RevokeAccessTokensAsync(
        RevokeAccessTokensInput input, [Caller] Caller caller, RevokeAccessTokenHandler tokens, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"revokeAccessTokens {input.Client}", input.ClientMutationKey);
        var revoked = await tokens.HandleAsync(keyed, input.Client, cancel);
        return revoked.Ok ? revoked.Value.ToArray() : Refused.Of<Id<AccessToken>[]>(revoked.Problems);
    }
}
