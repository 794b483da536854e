using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.AccessTokens;

/// <summary>What a program shows instead of a password; its text is never shown again.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The program or the place it is for.</param>
/// <param name="IssuedAt">When it was made.</param>
/// <param name="Expires">From when on it is worth nothing.</param>
[ObjectType("AccessToken")]
public sealed record AccessTokenNode(
    [property: Id("AccessToken")] Id<AccessToken> Id, string Name, DateTimeOffset IssuedAt, DateTimeOffset Expires);

/// <summary>A token just made.</summary>
[ObjectType<IssuedAccessToken>]
public static class IssuedAccessTokenFields
{
    /// <summary>Its id.</summary>
    [Id("AccessToken")]
    public static Id<AccessToken> GetId([Parent] IssuedAccessToken issued) => issued.Id;
}

/// <summary>The tokens of who asks.</summary>
[ObjectType<Viewer>]
public static class ViewerAccessTokens
{
    /// <summary>Their access tokens that were not taken back, newest first.</summary>
    public static async Task<ListPage<AccessTokenNode>> GetAccessTokensAsync([Parent] Viewer viewer, [Caller] Caller caller,
        ListAccessTokensHandler tokens, [PageSize(Lists.Largest, Lists.Usual)] Paging page, CancellationToken cancel)
    {
        var all = (await tokens.HandleAsync(caller, cancel))
            .Select(token => new AccessTokenNode(token.Id, token.Name, token.IssuedAt, token.Expires)).ToList();
        return Lists.Page(all, page, token => token.Id.ToString());
    }
}
