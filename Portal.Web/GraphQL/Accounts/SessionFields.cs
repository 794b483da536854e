using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.Accounts;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Accounts;

/// <summary>A sign-in by cookie that goes on.</summary>
/// <param name="session">The session.</param>
[ObjectType("Session")]
public sealed class SessionNode(ListedSession session)
{
    /// <summary>Its id.</summary>
    [Id("Session")]
    public Id<Session> Id => session.Entry.Id;

    /// <summary>The browser; null if it is none that is known.</summary>
    public string? Browser => ClientWords.Browser(session.Entry.Client);

    /// <summary>The operating system; null if it is none that is known.</summary>
    public string? System => ClientWords.System(session.Entry.Client);

    /// <summary>The network address that it was last seen from.</summary>
    public string? Address => session.Entry.Address;

    /// <summary>When the person signed in.</summary>
    public DateTimeOffset SignedInAt => session.Entry.BeganAt;

    /// <summary>When it was last used, give or take a minute.</summary>
    public DateTimeOffset SeenAt => session.Entry.SeenAt;

    /// <summary>Whether it is the one that is asked with.</summary>
    public bool Current => session.Current;
}

/// <summary>The sessions of who asks.</summary>
[ObjectType<Viewer>]
public static class ViewerSessions
{
    /// <summary>Where they are signed in, the last seen first; in person alone, not by an access token.</summary>
    public static async Task<ListPage<SessionNode>> GetSessionsAsync([Parent] Viewer viewer, [Caller] Caller caller,
        ListSessionsHandler sessions, [PageSize(Lists.Largest, Lists.Usual)] Paging page, CancellationToken cancel)
    {
        var all = (await sessions.HandleAsync(caller, cancel)).OrThrow().Select(session => new SessionNode(session)).ToList();
        return Lists.Page(all, page, session => session.Id.ToString());
    }
}
