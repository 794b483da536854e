using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>Signs a person out everywhere, without shutting them out.</summary>
/// <param name="Person">Whose sessions.</param>
/// <param name="AccessTokens">Whether their access tokens are revoked as well: those outlive sessions.</param>
public sealed record EndUserSessions(Id<User> Person, bool AccessTokens = false);

/// <summary>Handles <see cref="EndUserSessions"/>: administrators may.</summary>
public sealed class EndUserSessionsHandler(
    Ledger ledger, AccountAccess access, IAccounts accounts, ISessions sessions, RevokeAccessTokenHandler tokens)
{
    /// <summary>Ends them: cookies, open pages and subscriptions, on every node within seconds. Leases stay, and
    /// access tokens unless they are to go as well.</summary>
    /// <returns>How many sessions there were.</returns>
    public async Task<Result<int>> HandleAsync(Caller caller, EndUserSessions command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.EndUserSessions, "account", cancel) is { } refusal) return refusal;
        if (await accounts.FindAsync(command.Person, cancel) is null) return Problem.NotFound("account");
        if (command.AccessTokens && await tokens.RevokeAllAsync(caller, command.Person) is { Ok: false } refused)
            return Result.Refused<int>(refused.Problems);
        return await EndAsync(caller, command.Person);
    }

    /// <summary>Ends all sessions of a person, for a handler that has decided it.</summary>
    internal async Task<int> EndAsync(Caller caller, Id<User> person)
    {
        var open = (await sessions.ListAsync(person, CancellationToken.None)).Select(session => session.Id).ToList();
        if (open.Count == 0) return 0;
        await ledger.AppendAsync(caller,
            [new(Ledger.StreamOf<Account>(person.Value), IEventStore.AnyVersion, [new SessionsEnded(person, open)])],
            CancellationToken.None);
        await sessions.EndAsync(person, open, CancellationToken.None);
        return open.Count;
    }
}
