using System.ComponentModel;
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

/// <summary>A project to be made, or its new name.</summary>
public sealed record ProjectInput([property: Description("What its members call it, 1 to 80 characters.")] string Name);

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
        group.MapGet("/projects/all", All).WithName("listAllProjects").Produces<Page<ProjectBody>>()
            .WithSummary("All projects of the installation by name, for its auditors.");
        group.MapPost("/projects", Make).WithSummary("Make a project; you become its owner.").WithName("createProject")
            .Produces<ProjectBody>(StatusCodes.Status201Created);
        group.MapGet("/projects/{id}", Show).WithSummary("A project.").WithName("project").Produces<ProjectBody>();
        group.MapPut("/projects/{id}", Rename).WithSummary("Give a project another name; owners may.").WithName("renameProject")
            .Produces<ProjectBody>();
        group.MapPost("/projects/{id}/leave", Leave).WithSummary("Leave a project. Its last owner cannot go.").WithName("leaveProject")
            .Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>A project as it is answered.</summary>
    public static ProjectBody Body(Membership member) => new(member.Project, member.ProjectName, member.Role, member.Personal);

    private static async Task<MeBody> Me(HttpContext context, IPeople people, CancellationToken cancel)
    {
        var user = new Id<User>(Guid.Parse(context.User.FindFirstValue(ClaimTypes.NameIdentifier)!));
        return new(user, (await people.NamesAsync([user], cancel)).GetValueOrDefault(user, ""));
    }

    private static async Task<Page<ProjectBody>> List(HttpContext context, MyProjectsHandler projects, CancellationToken cancel) =>
        new([.. (await projects.HandleAsync(RestCaller.Of(context), cancel)).Select(Body)], null);

    private static async Task<IResult> All(HttpContext context, AllProjectsHandler projects,
        [Description("Part of the name.")] string? search, [Description("How many, 1 to 200; 50 when left out.")] int? limit,
        [Description("Where the page before ended: its `next`, or its Link header.")] string? cursor, CancellationToken cancel)
    {
        var query = Paging.Query(new ListRequest { Limit = limit, Cursor = cursor }, [("name", "name")], descending: false);
        return query.Ok
            ? Paging.Answer(context, await projects.HandleAsync(RestCaller.Of(context), search, query.Value, cancel), listed => Body(listed.Place))
            : Refusals.Refuse(query.Problems);
    }

    private static async Task<IResult> Make(HttpContext context, ProjectInput body, CreateProjectHandler projects,
        ShowProjectHandler shown, IChance chance, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var id = RestCaller.NewId<Project>(context, null, chance);
        var made = await projects.HandleAsync(caller, new(id, body.Name), cancel);
        if (!made.Ok) return Refusals.Refuse(made.Problems);
        return (await shown.HandleAsync(caller, id, cancel))
            .Answered(member => (IResult)TypedResults.Created($"/api/v1/projects/{id}", Body(member)));
    }

    private static async Task<IResult> Show(HttpContext context, Id<Project> id, ShowProjectHandler projects, CancellationToken cancel) =>
        (await projects.HandleAsync(RestCaller.Of(context), id, cancel)).Answered(Body);

    private static async Task<IResult> Rename(HttpContext context, Id<Project> id, ProjectInput body, RenameProjectHandler projects,
        ShowProjectHandler shown, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var renamed = await projects.HandleAsync(caller, new(id, body.Name), cancel);
        return renamed.Ok ? (await shown.HandleAsync(caller, id, cancel)).Answered(Body) : Refusals.Refuse(renamed.Problems);
    }

    private static async Task<IResult> Leave(HttpContext context, Id<Project> id, LeaveProjectHandler projects, CancellationToken cancel) =>
        (await projects.HandleAsync(RestCaller.Of(context), new(id), cancel)).Answered(_ => (IResult)TypedResults.NoContent());
}
