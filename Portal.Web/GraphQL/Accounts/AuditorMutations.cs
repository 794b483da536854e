using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Accounts;

/// <summary>Makes a person an auditor of the installation, or one no longer.</summary>
/// <param name="Person">Who.</param>
/// <param name="Auditor">Whether they shall audit.</param>
/// <param name="ClientMutationKey">A repeat with the same key does not undo what came after it.</param>
public sealed record ChangeAuditorInput([Id("Person")] Id<User> Person, bool Auditor, Guid? ClientMutationKey = null);

/// <summary>Who audits the installation. Administrators say so, in person.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class AuditorMutations
{
    /// <summary>Makes a person an auditor of the installation, or one no longer. An auditor sees every project and reads what
    /// happened there, and changes nothing; what they read of others is recorded.</summary>
    [Payload("account")]
    public static async Task<MutationResult<AccountNode>> ChangeAuditorAsync(ChangeAuditorInput input, [Caller] Caller caller,
        ChangeAuditorHandler change, ListAccountsHandler accounts, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"changeAuditor {input.Person}", input.ClientMutationKey);
        return await repeats.ChangeOnceAsync(keyed, new Id<Account>(input.Person.Value), input.ClientMutationKey,
            () => change.HandleAsync(keyed, new(input.Person, input.Auditor), cancel),
            async () => (await accounts.FindAsync(caller, input.Person, cancel)).OrNull() is { } account ? new AccountNode(account)
                : null, cancel);
    }
}
