using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Retention;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>Erases a person: what is left of them is an id. It cannot be taken back.</summary>
/// <param name="Person">Who.</param>
/// <param name="Address">The account's mail address, as a proof that this person is meant and no other.</param>
public sealed record EraseAccount(Id<User> Person, string Address)
{
    /// <summary>Decides on the events, or says what is wrong.</summary>
    /// <param name="state">How the account stands.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="address">The account's mail address.</param>
    /// <param name="caller">Who wants it: an administrator, so that there is one left.</param>
    public static Result<IReadOnlyList<object>> Decide(Account state, EraseAccount command, string address, Id<User> caller)
    {
        if (command.Person == caller)
            return new Problem("OWN_ACCOUNT", "Nobody erases their own account.", "person", Advice: "Ask another administrator.");
        if (!string.Equals(command.Address.Trim(), address, StringComparison.OrdinalIgnoreCase))
            return new Problem("CONFIRMATION_WRONG", "That is not the mail address of this account.", "address",
                Advice: "Type the mail address of the person who is to be erased.");
        return state.Erased ? Result.Of<IReadOnlyList<object>>([]) : new object[] { new AccountErased(command.Person) };
    }
}

/// <summary>Handles <see cref="EraseAccount"/>: administrators may, in person and with a fresh proof.</summary>
public sealed class EraseAccountHandler(
    Ledger ledger, AccountAccess access, IAccounts accounts, IDocuments documents, FreshProof proof, Erasable erasable,
    RetentionHolds holds, EndUserSessionsHandler sessions, IEnumerable<IPersonErased> listeners, IPersonalData data)
{
    /// <summary>Erases them. From the event on their access tokens open nothing; then their sessions, tokens, keys and places in
    /// projects end, and what is kept of them outside of events is deleted. Asked again it makes sure of that.</summary>
    /// <returns>Who was erased.</returns>
    public async Task<Result<Id<User>>> HandleAsync(Caller caller, EraseAccount command, CancellationToken cancel)
    {
        await using (await accounts.TakeTurnAsync(cancel))
        {
            if (await access.RefusalAsync(caller, Operation.EraseAccount, "account", cancel) is { } refusal) return refusal;
            if (await proof.RefusalAsync(caller, cancel) is { } stale) return stale;
            if (await accounts.FindAsync(command.Person, cancel) is not { } entry)
                return await documents.FindAsync<AccountStanding>(command.Person.ToString(), cancel) is { Erased: true }
                    ? command.Person
                    : Problem.NotFound("account");
            var me = caller.User!.Value;
            if (EraseAccount.Decide(Account.Empty, command, entry.Address, me) is { Ok: false } wrong)
                return Result.Refused<Id<User>>(wrong.Problems);
            if (await holds.OnPersonAsync(command.Person, cancel) is { } held) return held;
            if (await erasable.RefusalAsync(command.Person, cancel) is { } obstacle) return obstacle;
            var written = await ledger.ChangeAsync<Account>(caller, command.Person.Value,
                state => EraseAccount.Decide(state, command, entry.Address, me), cancel);
            if (!written.Ok) return Result.Refused<Id<User>>(written.Problems);
        }
        return await FollowAsync(caller, command.Person) is { } unfinished ? unfinished : command.Person;
    }

    /// <summary>Goes on with erasures that a crash cut off: each is written down before anything is deleted.</summary>
    public async Task FinishAsync(CancellationToken cancel)
    {
        for (string? after = null; ;)
        {
            var page = await documents.QueryAsync<AccountStanding>(
                new([new("erased", Comparison.Equal, true)], Limit: 200, After: after), cancel);
            foreach (var erased in page.Items)
                if (await accounts.FindAsync(erased.User, cancel) is not null)
                    _ = await FollowAsync(Caller.Worker(erased.User.Value), erased.User);
            if ((after = page.Next) is null) return;
        }
    }

    // It is decided: what follows from it is done even if nobody waits for the answer any more.
    private async Task<Problem?> FollowAsync(Caller caller, Id<User> person)
    {
        await sessions.EndAsync(caller, person);
        foreach (var listener in listeners)
            if (await listener.ErasedAsync(caller, person) is { } unfinished) return unfinished;
        await data.EraseAsync(person);
        return null;
    }
}
