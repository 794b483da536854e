using Portal.Domain.Projects;
using Portal.Web.Accounts;

namespace Portal.Web.Components.Projects;

/// <summary>The project whose things the pages show. One for each circuit; asked once.</summary>
/// <remarks>A person works in their personal project; where there is none, in the first by name.</remarks>
public sealed class CurrentProject(CallerFactory callers, MyProjectsHandler mine)
{
    private Membership? found;

    /// <summary>The caller's place in it; null for somebody who is a member of nothing.</summary>
    public async Task<Membership?> GetAsync()
    {
        if (found is not null) return found;
        var memberships = await mine.HandleAsync(await callers.PageAsync(), CancellationToken.None);
        found = memberships.FirstOrDefault(membership => membership.Personal) ?? memberships.FirstOrDefault();
        return found;
    }
}
