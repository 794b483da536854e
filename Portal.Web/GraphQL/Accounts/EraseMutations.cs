using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Accounts;

/// <summary>Erases a person.</summary>
/// <param name="Person">Who.</param>
/// <param name="Address">The mail address of their account, as a proof that this person is meant.</param>
/// <param name="ClientMutationKey">A repeat changes nothing more, with or without a key.</param>
public sealed record EraseUserInput([Id("Person")] Id<User> Person, string Address, Guid? ClientMutationKey = null);

/// <summary>The end of an account. Administrators say so, in person.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class EraseMutations
{
    /// <summary>
    /// Erases a person, for good: name, mail address and all that signs them in are deleted, sessions and access tokens end, keys
    /// are revoked. Events keep their id, and nothing that tells whose it was. Takes a fresh proof of who asks.
    /// </summary>
    [Payload("erasedId"), Id("Person")]
    public static async Task<MutationResult<Id<User>>> EraseUserAsync(EraseUserInput input, [Caller] Caller caller,
        EraseAccountHandler erase, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"eraseUser {input.Person}", input.ClientMutationKey);
        var erased = await erase.HandleAsync(keyed, new(input.Person, input.Address), cancel);
        return erased.Ok ? erased.Value : Refused.Of<Id<User>>(erased.Problems);
    }
}
