using Portal.Domain.Common;

namespace Portal.Domain.Accounts;

/// <summary>Makes somebody an administrator, or one no longer, because a provider that signs people in says so. Only the portal
/// itself asks.</summary>
public sealed class GrantAdministratorHandler(Ledger ledger, AccountAccess access, IAccounts accounts)
{
    /// <summary>Changes it. Nothing is changed for who is shut out, nor for the last administrator.</summary>
    /// <returns>Whether it was changed by this.</returns>
    public async Task<bool> HandleAsync(Caller portal, ChangeAdministrator command, CancellationToken cancel)
    {
        await using var turn = await accounts.TakeTurnAsync(cancel);
        var (others, changed) = (await access.OthersAdministerAsync(command.Person, cancel), false);
        var written = await ledger.ChangeAsync<Account>(portal, command.Person.Value, state =>
        {
            var decided = ChangeAdministrator.Decide(state, command, others);
            changed = decided is { Ok: true, Value.Count: > 0 };
            return decided;
        }, cancel);
        return written.Ok && changed;
    }
}
