using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>Where handlers ask who may do something with accounts.</summary>
public sealed class AccountAccess(IDocuments documents)
{
    /// <summary>Null for an administrator in person; for everybody else there is nothing. What a cookie says of a person may be a
    /// minute old, so it is looked up: who was removed administers no more.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="what">What it is about, as it stands in the refusal.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<Problem?> RefusalAsync(Caller caller, string what, CancellationToken cancel) =>
        caller is { User: { } user, TokenId: null, Administrator: true }
            && await documents.FindAsync<AccountStanding>(user.ToString(), cancel) is { Administrator: true, Disabled: false }
            ? null
            : Problem.NotFound(what);

    /// <summary>Whether the caller audits the installation, in person or by a token of theirs. It is looked up each time: who was
    /// removed, or is shut out, sees nothing more.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<bool> AuditsAsync(Caller caller, CancellationToken cancel) => caller.User is { } user
        && await documents.FindAsync<AccountStanding>(user.ToString(), cancel) is { Auditor: true, Disabled: false };

    /// <summary>Null for a person who is there themselves; a refusal for a token, and for the portal.</summary>
    /// <param name="caller">Who asks.</param>
    public static Problem? InPerson(Caller caller) => caller is { User: not null, TokenId: null }
        ? null
        : new Problem("FORBIDDEN", "How somebody signs in is seen and changed in person.", Advice: "Sign in and open Account.");

    /// <summary>Whether somebody else administers who is not shut out.</summary>
    internal async Task<bool> OthersAdministerAsync(Id<User> person, CancellationToken cancel) =>
        (await documents.QueryAsync<AccountStanding>(new(
            [new("administrator", Comparison.Equal, true), new("disabled", Comparison.Equal, false),
             new("id", Comparison.NotEqual, person.ToString())], Limit: 1), cancel)).Items.Count > 0;

    /// <summary>Whether a person administers the installation now, whatever they ask with.</summary>
    internal async Task<bool> AdministersAsync(Id<User> user, CancellationToken cancel) =>
        await documents.FindAsync<AccountStanding>(user.ToString(), cancel) is { Administrator: true, Disabled: false };
}
