using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>How an account stands, as a read model. An account that nothing happened to has none: it is neither disabled nor an
/// administrator's or auditor's.</summary>
/// <param name="User">Whose.</param>
/// <param name="Disabled">Whether the person is shut out.</param>
/// <param name="Administrator">Whether they administer the installation.</param>
/// <param name="Auditor">Whether they audit it.</param>
/// <param name="Erased">Whether the person was erased; who is counts as shut out, too.</param>
public sealed record AccountStanding(Id<User> User, bool Disabled, bool Administrator, bool Auditor = false, bool Erased = false);

/// <summary>Keeps <see cref="AccountStanding"/> in the appending transaction: who is disabled is so from then on.</summary>
public sealed class AccountStandingProjection : Projection<AccountStanding>
{
    /// <inheritdoc/>
    public override DocumentTable<AccountStanding> Table { get; } = new(
        "account_standings", standing => standing.User.ToString(),
        [
            new("disabled", "boolean", standing => standing.Disabled),
            new("administrator", "boolean", standing => standing.Administrator),
            new("erased", "boolean", standing => standing.Erased),
        ],
        ["administrator", "erased"]);

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override int Version => 3;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } =
        [typeof(AccountDisabled), typeof(AccountEnabled), typeof(AdministratorNamed), typeof(AdministratorRemoved),
            typeof(AuditorNamed), typeof(AuditorRemoved), typeof(AccountErased)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(
        Recorded recorded, IDocumentWriter<AccountStanding> documents, CancellationToken cancel)
    {
        if (!Ledger.TryIdOf<Account>(recorded.Stream, out var id)) return;
        var user = new Id<User>(id);
        var before = await documents.FindAsync(user.ToString(), cancel) ?? new(user, false, false);
        var after = new Account(before.Disabled, before.Administrator, before.Auditor, before.Erased).Apply(recorded);
        documents.Put(after.Standing(user));
    }
}
