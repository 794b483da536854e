using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Quotas;

/// <summary>Sets a project's quotas, all of them. What is left out is left to the installation; 0 sets no limit.</summary>
/// <param name="Project">The project.</param>
/// <param name="Runs">Runs at a time.</param>
/// <param name="CoreHours">Core hours a calendar month.</param>
/// <param name="Bytes">Bytes moved a calendar month.</param>
/// <param name="ClientMutationKey">A repeat changes nothing more, with or without a key.</param>
public sealed record ChangeQuotaInput([Id("Project")] Id<Project> Project, int? Runs = null, int? CoreHours = null,
    long? Bytes = null,
    Guid? ClientMutationKey = null);

/// <summary>What is done with quotas.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class QuotaMutations
{
    /// <summary>Sets a project's quotas: for administrators of the portal, in person.</summary>
    [Payload("quotas")]
    public static async Task<MutationResult<QuotasNode>> ChangeQuotaAsync(
        ChangeQuotaInput input, [Caller] Caller caller, ChangeQuotaHandler quotas, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"changeQuota {input.Project}", input.ClientMutationKey);
        var changed = await quotas.HandleAsync(keyed, new(input.Project, new(input.Runs, input.CoreHours, input.Bytes)), cancel);
        return changed.Ok ? new QuotasNode(changed.Value) : Refused.Of<QuotasNode>(changed.Problems);
    }
}
