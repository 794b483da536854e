using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Runs;

/// <summary>Takes the caller's key back from all of their runs.</summary>
/// <param name="ClientMutationKey">A repeat takes back what was lent since, with or without a key.</param>
public sealed record RevokeLeasesInput(Guid? ClientMutationKey = null);

/// <summary>What is done with many leases.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class LeaseMutations
{
    /// <summary>Takes the caller's key back from all of their runs at once; each waits for the token. Answers how many there
    /// were.</summary>
    [Payload("revoked")]
    public static async Task<MutationResult<int>> RevokeLeasesAsync(
        RevokeLeasesInput input, [Caller] Caller caller, RevokeLeasesHandler leases, CancellationToken cancel)
    {
        var revoked = await leases.HandleAsync(caller.WithKey("revokeLeases", input.ClientMutationKey), cancel);
        return revoked.Ok ? revoked.Value : Refused.Of<int>(revoked.Problems);
    }
}
