using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Accounts;

/// <summary>An account, as administrators see it.</summary>
/// <param name="account">The account.</param>
[ObjectType("Account")]
public sealed class AccountNode(ListedAccount account)
{
    internal Id<User> User => account.Entry.User;

    /// <summary>Whose it is.</summary>
    public Person Person => new(account.Entry.User, account.Entry.Name);

    /// <summary>Mail address.</summary>
    public string Address => account.Entry.Address;

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt => account.Entry.MadeAt;

    /// <summary>When a session of theirs was last seen, give or take a minute; null if there is none now.</summary>
    public DateTimeOffset? SeenAt => account.Entry.SeenAt;

    /// <summary>Whether a second factor is asked for at sign-in.</summary>
    public bool SecondFactor => account.Entry.SecondFactor;

    /// <summary>Whether the person is shut out.</summary>
    public bool Disabled => account.Disabled;

    /// <summary>Whether they administer the installation.</summary>
    public bool Administrator => account.Administrator;

    /// <summary>Whether they audit it: see everything in every project, and change nothing.</summary>
    public bool Auditor => account.Auditor;
}

/// <summary>A page of the accounts, the newest first.</summary>
/// <param name="Nodes">The accounts.</param>
/// <param name="Next">What to give as <c>after</c> for the page behind; null at the end.</param>
/// <param name="TotalCount">How many there are on all pages.</param>
[ObjectType("AccountPage")]
public sealed record AccountPage(IReadOnlyList<AccountNode> Nodes, [property: Id("Person")] Id<User>? Next, long TotalCount);

/// <summary>Questions about accounts.</summary>
[QueryType]
public static class AccountQueries
{
    /// <summary>The accounts of the installation, for its administrators in person; null for everybody else.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="accounts">The handler.</param>
    /// <param name="cancel">Ends the question.</param>
    /// <param name="search">Part of a name or a mail address.</param>
    /// <param name="after">The person that the page begins behind.</param>
    /// <param name="first">How many, 1 to 200.</param>
    public static async Task<AccountPage?> GetUsersAsync([Caller] Caller caller, ListAccountsHandler accounts,
        CancellationToken cancel, string? search = null, [Id("Person")] Id<User>? after = null, int first = Lists.Usual)
    {
        if ((await accounts.HandleAsync(caller, new(search, after, first), cancel)).OrNull() is not { } found) return null;
        var nodes = found.Accounts.Select(account => new AccountNode(account)).ToList();
        return new(nodes, found.More ? nodes[^1].User : null, (await accounts.CountAsync(caller, search, cancel)).OrThrow());
    }
}
