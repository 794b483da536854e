using System.Globalization;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Audit;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Accounts;

/// <summary>Something that happened at the door: somebody signed in or out, or did not get in.</summary>
/// <param name="noted">That.</param>
[ObjectType("SignIn")]
public sealed class SignInNode(NotedSignIn noted)
{
    /// <summary>The event's place in the order of all events.</summary>
    public long Position => noted.Position;

    /// <summary>When.</summary>
    public DateTimeOffset Time => noted.At;

    /// <summary>What.</summary>
    public SignInKind Kind => noted.Kind;

    /// <summary>How they showed who they are; null for who signed out.</summary>
    public SignInWay? Way => noted.Way;

    /// <summary>Why they did not get in.</summary>
    public SignInFault? Fault => noted.Fault;

    /// <summary>The network address that it came from.</summary>
    public string? Address => noted.Address;
}

/// <summary>What happened at the door, in pages, newest first.</summary>
/// <param name="page">A page of it.</param>
/// <param name="after">Where it begins.</param>
[ObjectType("SignInPage")]
public sealed class SignInPage(NotedSignIns page, string? after)
{
    /// <summary>What is on the page. Cursors are positions.</summary>
    public IEnumerable<SignInNode> Nodes => page.Items.Select(one => new SignInNode(one));

    /// <summary>What is around the page.</summary>
    public PageInfo PageInfo => new(page.More, after is not null, Cursor(page.Items.FirstOrDefault()),
        Cursor(page.Items.LastOrDefault()));

    internal static async Task<SignInPage> OfAsync(Caller caller, Id<User>? person, SignInsHandler signIns, int first,
        string? after, CancellationToken cancel)
    {
        long? before = after is null ? null : EventPages.After(after, first);
        return new((await signIns.HandleAsync(caller, person, before, first, cancel)).OrThrow(), after);
    }

    private static string? Cursor(NotedSignIn? one) => one?.Position.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The sign-ins of who asks.</summary>
[ObjectType<Viewer>]
public static class ViewerSignIns
{
    /// <summary>When and from where somebody signed in to their account, and who did not get in; in person alone.</summary>
    [ListSize(EventPages.Usual, Arguments = ["first"])]
    public static Task<SignInPage> GetSignInsAsync([Parent] Viewer viewer, [Caller] Caller caller, SignInsHandler signIns,
        int first = EventPages.Usual, string? after = null, CancellationToken cancel = default) =>
        SignInPage.OfAsync(caller, null, signIns, first, after, cancel);
}

/// <summary>The sign-ins of an account.</summary>
[ObjectType<AccountNode>]
public static class AccountSignIns
{
    /// <summary>When and from where somebody signed in to it, and who did not get in. That it was looked at is recorded.</summary>
    [ListSize(EventPages.Usual, Arguments = ["first"])]
    public static Task<SignInPage> GetSignInsAsync([Parent] AccountNode account, [Caller] Caller caller, SignInsHandler signIns,
        int first = EventPages.Usual, string? after = null, CancellationToken cancel = default) =>
        SignInPage.OfAsync(caller, account.User, signIns, first, after, cancel);
}
