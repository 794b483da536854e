using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Web.AccessTokens;
using Portal.Web.Accounts;

namespace Portal.Web.Edge;

/// <summary>Whether who was let in may stay: asked again, at every door, while something goes on for long. An answer may be two
/// seconds old.</summary>
/// <param name="tokens">Knows tokens.</param>
/// <param name="sessions">Knows sessions of pages.</param>
/// <param name="demand">Knows of whom a second factor is demanded.</param>
public sealed class Staying(KnownTokens tokens, Sessions sessions, SecondFactorDemand demand)
{
    /// <summary>Whether the token, or else the session of the request, is still good, and its owner not shut out.</summary>
    /// <param name="context">The request.</param>
    /// <param name="token">The token that was shown; null for who came with a session.</param>
    /// <param name="cancel">Ends the question.</param>
    public async ValueTask<bool> MayAsync(HttpContext context, Guid? token, CancellationToken cancel) => token is { } shown
        ? await tokens.FindAsync(new Id<AccessToken>(shown), cancel) is { } known
            && !await demand.IsMissingAsync(known.User, cancel)
        : await sessions.GoesOnAsync(context, cancel);
}
