using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>How an account stands, folded from what happened to it. Name, address and password are elsewhere.</summary>
/// <param name="Disabled">Whether the person is shut out.</param>
/// <param name="Administrator">Whether they administer the installation.</param>
/// <param name="Auditor">Whether they audit it.</param>
/// <param name="Erased">Whether the person was erased: that is the end of it.</param>
public sealed record Account(bool Disabled, bool Administrator, bool Auditor = false, bool Erased = false) : IAggregate<Account>
{
    /// <inheritdoc/>
    public static string Prefix => "account";

    /// <inheritdoc/>
    public static Account Empty { get; } = new(false, false);

    /// <summary>The same as its read model has it.</summary>
    internal AccountStanding Standing(Id<User> user) => new(user, Disabled, Administrator, Auditor, Erased);

    /// <inheritdoc/>
    public Account Apply(Recorded recorded) => recorded.Body switch
    {
        _ when Erased => this,
        AccountErased => new(true, false, false, true),
        AccountDisabled => this with { Disabled = true },
        AccountEnabled => this with { Disabled = false },
        AdministratorNamed => this with { Administrator = true },
        AdministratorRemoved => this with { Administrator = false },
        AuditorNamed => this with { Auditor = true },
        AuditorRemoved => this with { Auditor = false },
        _ => this,
    };
}
