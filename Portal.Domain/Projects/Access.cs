using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Projects;

/// <summary>Where every handler asks whether its caller may do what was asked.</summary>
public sealed class Access(IDocuments documents)
{
    /// <summary>Null when the caller may; else the refusal: NOT_FOUND for who may not even see the project (what you may not see
    /// does not exist), FORBIDDEN for a member whose role is too small.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="project">Where.</param>
    /// <param name="needed">What it takes.</param>
    /// <param name="what">What was asked for, as it stands in the refusal: <c>machine</c>, <c>run</c>.</param>
    /// <param name="cancel">Ends the question.</param>
    public async Task<Problem?> RefusalAsync(Caller caller, Id<Project> project, Permission needed, string what, CancellationToken cancel)
    {
        if (caller.Door == "worker" && caller.User is null) return null;
        if (caller.User is not { } user) return Problem.NotFound(what);
        var membership = await documents.FindAsync<Membership>(Membership.IdOf(project, user), cancel);
        if (membership is null) return Problem.NotFound(what);
        if (Policy.Allows(membership.Role, needed)) return null;
        return new("FORBIDDEN", $"Your role in this project, {membership.Role.ToString().ToLowerInvariant()}, does not allow that.",
            Advice: $"Ask an owner of the project for the role of {Policy.LeastRole(needed).ToString().ToLowerInvariant()}.");
    }
}
