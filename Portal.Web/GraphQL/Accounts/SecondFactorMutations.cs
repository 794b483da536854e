using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Accounts;

/// <summary>Takes a person's second factors away.</summary>
/// <param name="Person">Who has lost them.</param>
/// <param name="Address">The mail address of their account, as a proof that this person is meant.</param>
/// <param name="ClientMutationKey">A repeat takes away what was set up meanwhile, with or without a key.</param>
public sealed record RemoveSecondFactorsInput([Id("Person")] Id<User> Person, string Address, Guid? ClientMutationKey = null);

/// <summary>Help for who has lost their second factors. Administrators give it, in person.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class SecondFactorMutations
{
    /// <summary>
    /// Takes authenticator app, passkeys and recovery codes away from a person, ends all their sessions, and tells them by mail
    /// where that is configured. Takes a fresh proof of who asks.
    /// </summary>
    [Payload("account")]
    public static async Task<MutationResult<AccountNode>> RemoveSecondFactorsAsync(RemoveSecondFactorsInput input,
        [Caller] Caller caller, RemoveSecondFactorsHandler remove, ListAccountsHandler accounts, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"removeSecondFactors {input.Person}", input.ClientMutationKey);
        var removed = await remove.HandleAsync(keyed, new(input.Person, input.Address), cancel);
        if (!removed.Ok) return Refused.Of<AccountNode>(removed.Problems);
        var shown = await accounts.FindAsync(caller, input.Person, cancel);
        return shown.Ok ? new AccountNode(shown.Value) : Refused.Of<AccountNode>(shown.Problems);
    }
}
