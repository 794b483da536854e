using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.Accounts;

/// <summary>Makes a person an auditor of the installation, or one no longer.</summary>
/// <param name="Person">Who.</param>
/// <param name="Auditor">Whether they shall audit.</param>
public sealed record ChangeAuditor(Id<User> Person, bool Auditor)
{
    /// <summary>Decides on the events, or says what is wrong.</summary>
    /// <param name="state">How the account stands.</param>
    /// <param name="command">What is wanted.</param>
    public static Result<IReadOnlyList<object>> Decide(Account state, ChangeAuditor command) => (state, command) switch
    {
        _ when state.Auditor == command.Auditor => Result.Of<IReadOnlyList<object>>([]),
        (_, { Auditor: false }) => new object[] { new AuditorRemoved(command.Person) },
        ({ Disabled: true }, _) =>
            new Problem("ACCOUNT_DISABLED", "This account is disabled.", "person", Advice: "Enable it first."),
        _ => new object[] { new AuditorNamed(command.Person) },
    };
}

/// <summary>Handles <see cref="ChangeAuditor"/>: administrators may.</summary>
public sealed class ChangeAuditorHandler(Ledger ledger, AccountAccess access, IAccounts accounts)
{
    /// <summary>Changes it; it counts at once, though open pages show what it brings a minute later.</summary>
    public async Task<Result<AccountStanding>> HandleAsync(Caller caller, ChangeAuditor command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.ChangeAuditor, "account", cancel) is { } refusal) return refusal;
        if (await accounts.FindAsync(command.Person, cancel) is null) return Problem.NotFound("account");
        var written = await ledger.ChangeAsync<Account>(caller, command.Person.Value,
            state => ChangeAuditor.Decide(state, command), cancel);
        return written.Then<AccountStanding>(state => state.Standing(command.Person));
    }
}
