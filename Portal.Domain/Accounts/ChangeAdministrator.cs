using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.Accounts;

/// <summary>Makes a person an administrator of the installation, or one no longer.</summary>
/// <param name="Person">Who.</param>
/// <param name="Administrator">Whether they shall administer.</param>
public sealed record ChangeAdministrator(Id<User> Person, bool Administrator)
{
    /// <summary>Decides on the events, or says what is wrong.</summary>
    /// <param name="state">How the account stands.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="othersAdminister">Whether somebody else administers.</param>
    public static Result<IReadOnlyList<object>> Decide(Account state, ChangeAdministrator command, bool othersAdminister)
    {
        if (state.Administrator == command.Administrator) return Result.Of<IReadOnlyList<object>>([]);
        if (command.Administrator)
            return state.Disabled
                ? new Problem("ACCOUNT_DISABLED", "This account is disabled.", "person", Advice: "Enable it first.")
                : new object[] { new AdministratorNamed(command.Person) };
        if (!othersAdminister)
            return new Problem("LAST_ADMINISTRATOR", "This is the only administrator, and has to stay one.", "person",
                Advice: "Make somebody else an administrator first.");
        return new object[] { new AdministratorRemoved(command.Person) };
    }
}

/// <summary>Handles <see cref="ChangeAdministrator"/>: administrators may.</summary>
public sealed class ChangeAdministratorHandler(Ledger ledger, AccountAccess access, IAccounts accounts)
{
    /// <summary>Changes it; it counts at once, though open pages show what it brings a minute later.</summary>
    public async Task<Result<AccountStanding>> HandleAsync(Caller caller, ChangeAdministrator command, CancellationToken cancel)
    {
        await using var turn = await accounts.TakeTurnAsync(cancel);
        if (await access.RefusalAsync(caller, Operation.ChangeAdministrator, "account", cancel) is { } refusal) return refusal;
        if (await accounts.FindAsync(command.Person, cancel) is null) return Problem.NotFound("account");
        var others = await access.OthersAdministerAsync(command.Person, cancel);
        var written = await ledger.ChangeAsync<Account>(caller, command.Person.Value,
            state => ChangeAdministrator.Decide(state, command, others), cancel);
        return written.Then<AccountStanding>(state => state.Standing(command.Person));
    }
}

/// <summary>Names the administrator that nobody can name: the first account of an installation.</summary>
public sealed class NameFirstAdministratorHandler(Ledger ledger)
{
    /// <summary>Names them, unless something was said of them before. Only the portal itself asks, for whom the table of accounts
    /// marks as the first.</summary>
    public Task<Result<Account>> HandleAsync(Id<User> first, CancellationToken cancel) =>
        ledger.ChangeAsync<Account>(Caller.Worker(first.Value), first.Value, state => state == Account.Empty
            ? new object[] { new AdministratorNamed(first) }
            : Result.Of<IReadOnlyList<object>>([]), cancel);
}
