using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Web.Accounts;
using Portal.Web.Edge;

namespace Portal.Web.Components.Projects;

/// <summary>The project whose things the pages show. One for each circuit; asked anew each time, so that a role that changed
/// counts at once.</summary>
/// <remarks>A person works in the project that they chose, which a cookie of shell.js keeps; else in their personal one; where
/// there is none, in the first by name. The cookie is a wish and no more: who is no member gets another, unless they audit
/// the installation.</remarks>
public sealed class CurrentProject(CallerFactory callers, MyProjectsHandler mine, IHttpContextAccessor requests)
{
    // A circuit outlives the request that opened it: the cookie is read once, while that request is there.
    private readonly string? chosen = requests.HttpContext is { } http ? CookieNames.Wish(http.Request, "portal-project") : null;

    /// <summary>The caller's place in a project is another now, or a project has another name.</summary>
    public event Action? Changed;

    /// <summary>Tells everybody who shows it.</summary>
    public void Change() => Changed?.Invoke();

    /// <summary>Every project of the caller, by name; behind them the one that an auditor of the installation chose.</summary>
    public async Task<IReadOnlyList<Membership>> AllAsync()
    {
        var caller = await callers.PageAsync();
        var own = await mine.HandleAsync(caller, CancellationToken.None);
        return Id<Project>.TryParse(chosen, out var other) && own.All(member => member.Project != other)
            ? [.. own, .. await mine.FindAsync(caller, [other], CancellationToken.None)]
            : own;
    }

    /// <summary>The caller's place in it; null for somebody who is a member of nothing.</summary>
    public async Task<Membership?> GetAsync() => Of(await AllAsync());

    /// <summary>Which of the caller's projects is meant.</summary>
    public Membership? Of(IReadOnlyList<Membership> all) => all.FirstOrDefault(member => member.Project.ToString() == chosen)
        ?? all.FirstOrDefault(member => member.Personal) ?? (all.Count > 0 ? all[0] : null);
}
