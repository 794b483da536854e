using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.Accounts;

/// <summary>Lets a person in again.</summary>
/// <param name="Person">Whose account.</param>
public sealed record EnableAccount(Id<User> Person)
{
    /// <summary>Decides on the events. Who was erased is not there any more.</summary>
    public static Result<IReadOnlyList<object>> Decide(Account state, EnableAccount command) =>
        state.Erased ? Problem.NotFound("account")
        : state.Disabled ? new object[] { new AccountEnabled(command.Person) }
        : Result.Of<IReadOnlyList<object>>([]);
}

/// <summary>Handles <see cref="EnableAccount"/>: administrators may.</summary>
public sealed class EnableAccountHandler(Ledger ledger, AccountAccess access, IAccounts accounts)
{
    /// <summary>Enables it. The person signs in anew; access tokens that they had count again, leases do not.</summary>
    public async Task<Result<AccountStanding>> HandleAsync(Caller caller, EnableAccount command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.EnableAccount, "account", cancel) is { } refusal) return refusal;
        if (await accounts.FindAsync(command.Person, cancel) is null) return Problem.NotFound("account");
        var written = await ledger.ChangeAsync<Account>(caller, command.Person.Value,
            state => EnableAccount.Decide(state, command), cancel);
        return written.Then<AccountStanding>(state => state.Standing(command.Person));
    }
}
