using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.AccessTokens;

/// <summary>What a program shows instead of a password; its text is never shown again.</summary>
/// <param name="token">The token.</param>
[ObjectType("AccessToken")]
public sealed class AccessTokenNode(ListedAccessToken token)
{
    /// <summary>Its id.</summary>
    [Id("AccessToken")]
    public Id<AccessToken> Id => token.View.Id;

    /// <summary>The client: the program or the place that it is for.</summary>
    public string Name => token.View.Name;

    /// <summary>When it was made.</summary>
    public DateTimeOffset IssuedAt => token.View.IssuedAt;

    /// <summary>From when on it is worth nothing.</summary>
    public DateTimeOffset Expires => token.View.Expires;

    /// <summary>What it may be used for.</summary>
    public IReadOnlyList<Scope> Scopes => token.View.Scopes;

    /// <summary>The ranges of addresses that it is good from; none for everywhere.</summary>
    public IReadOnlyList<string> Addresses => token.View.Addresses;

    /// <summary>When it was shown last; a minute may be missing.</summary>
    public DateTimeOffset? LastUsedAt => token.LastUse?.At;

    /// <summary>From which address that was.</summary>
    public string? LastUsedFrom => token.LastUse?.Address;

    /// <summary>When it was shown last from an address that it is not good from: somebody else may have it.</summary>
    public DateTimeOffset? LastRefusedAt => token.LastRefused?.At;

    /// <summary>From which address that was.</summary>
    public string? LastRefusedFrom => token.LastRefused?.Address;

    internal Id<Domain.Projects.Project>? Project => token.View.Project;
}

/// <summary>What more a token tells.</summary>
[ObjectType<AccessTokenNode>]
public static class AccessTokenProject
{
    /// <summary>The only project that exists for it; null for all of its owner's.</summary>
    public static async Task<ProjectNode?> GetProjectAsync([Parent] AccessTokenNode token, ProjectLoader projects) =>
        token.Project is { } project ? await projects.LoadAsync(project) : null;
}

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
    /// <summary>Their access tokens that were not taken back, newest first; null for a token that may not list them.</summary>
    public static async Task<ListPage<AccessTokenNode>?> GetAccessTokensAsync([Parent] Viewer viewer, [Caller] Caller caller,
        ListAccessTokensHandler tokens, [PageSize(Lists.Largest, Lists.Usual)] Paging page, CancellationToken cancel)
    {
        var all = (await tokens.HandleAsync(caller, cancel)).OrNull()?.Select(token => new AccessTokenNode(token)).ToList();
        return all is null ? null : Lists.Page(all, page, token => token.Id.ToString());
    }
}
