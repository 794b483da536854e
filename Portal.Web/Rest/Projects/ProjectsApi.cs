using System.Security.Claims;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Projects;

/// <summary>A project as its member sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">The caller's role in it.</param>
/// <param name="Personal">Whether it is the one made at sign-up.</param>
public sealed record ProjectBody(Id<Project> Id, string Name, Role Role, bool Personal);

/// <summary>Who calls.</summary>
/// <param name="Id">The person's id.</param>
/// <param name="Name">The name that others see.</param>
public sealed record MeBody(Id<User> Id, string Name);

/// <summary>Projects.</summary>
public static class ProjectsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapProjects(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Projects");
        group.MapGet("/me", Me).WithSummary("Who the token belongs to.").WithName("me");
        group.MapGet("/projects", List).WithSummary("The projects that you are a member of.").WithName("listProjects")
            .WithDescription("Everything lives in a project. Where a project is not named, your personal one is meant.");
    }

    private static async Task<MeBody> Me(HttpContext context, IPeople people, CancellationToken cancel)
    {
        var user = new Id<User>(Guid.Parse(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!));
        return new(user, (await people.NamesAsync([user], cancel)).GetValueOrDefault(user, ""));
    }

    private static async Task<Page<ProjectBody>> List(HttpContext context, MyProjectsHandler projects, CancellationToken cancel) =>
        new([.. (await projects.HandleAsync(RestCaller.Of(context), cancel))
            .Select(member => new ProjectBody(member.Project, member.ProjectName, member.Role, member.Personal))], null);
}
