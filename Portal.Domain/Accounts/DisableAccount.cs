using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>Shuts a person out.</summary>
/// <param name="Person">Whose account.</param>
public sealed record DisableAccount(Id<User> Person)
{
    /// <summary>Decides on the events, or says what is wrong.</summary>
    /// <param name="state">How the account stands.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="caller">Who wants it.</param>
    public static Result<IReadOnlyList<object>> Decide(Account state, DisableAccount command, Id<User> caller)
    {
        if (command.Person == caller)
            return new Problem("OWN_ACCOUNT", "Nobody disables their own account.", "person",
                Advice: "Ask another administrator.");
        return state.Disabled ? Result.Of<IReadOnlyList<object>>([]) : new object[] { new AccountDisabled(command.Person) };
    }
}

/// <summary>Handles <see cref="DisableAccount"/>: administrators may.</summary>
public sealed class DisableAccountHandler(
    Ledger ledger, AccountAccess access, IAccounts accounts, EndUserSessionsHandler sessions, ISubmitterGone gone,
    IDocuments documents)
{
    /// <summary>Disables it; sessions, open pages, subscriptions and access tokens of the person are worth nothing two seconds
    /// later, and nothing runs with their keys. Asked again it makes sure of that.</summary>
    public async Task<Result<AccountStanding>> HandleAsync(Caller caller, DisableAccount command, CancellationToken cancel)
    {
        Result<Account> written;
        await using (await accounts.TakeTurnAsync(cancel))
        {
            if (await access.RefusalAsync(caller, Operation.DisableAccount, "account", cancel) is { } refusal) return refusal;
            if (await accounts.FindAsync(command.Person, cancel) is null) return Problem.NotFound("account");
            written = await ledger.ChangeAsync<Account>(caller, command.Person.Value,
                state => DisableAccount.Decide(state, command, caller.User!.Value), cancel);
        }
        if (!written.Ok) return Result.Refused<AccountStanding>(written.Problems);
        // It is decided: what follows from it is done even if nobody waits for the answer any more.
        await sessions.EndAsync(caller, command.Person);
        await EndLeasesAsync(caller, command.Person);
        return written.Value.Standing(command.Person);
    }

    private async Task EndLeasesAsync(Caller caller, Id<User> person)
    {
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<Membership>(
                new([new("user_id", Comparison.Equal, person.ToString())], Limit: 200, After: after), CancellationToken.None);
            foreach (var member in page.Items) await gone.GoneAsync(caller, member.Project, person, CancellationToken.None);
            if ((after = page.Next) is null) return;
        }
    }
}
