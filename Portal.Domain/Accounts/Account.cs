using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>How an account stands, folded from what happened to it. Name, address and password are elsewhere.</summary>
/// <param name="Disabled">Whether the person is shut out.</param>
/// <param name="Administrator">Whether they administer the installation.</param>
public sealed record Account(bool Disabled, bool Administrator) : IAggregate<Account>
{
    /// <inheritdoc/>
    public static string Prefix => "account";

    /// <inheritdoc/>
    public static Account Empty { get; } = new(false, false);

    /// <inheritdoc/>
    public Account Apply(Recorded recorded) => recorded.Body switch
    {
        AccountDisabled => this with { Disabled = true },
        AccountEnabled => this with { Disabled = false },
        AdministratorNamed => this with { Administrator = true },
        AdministratorRemoved => this with { Administrator = false },
        _ => this,
    };
}
