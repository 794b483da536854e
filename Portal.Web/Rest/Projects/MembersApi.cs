using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Projects;

/// <summary>A person in a project.</summary>
/// <param name="Person">The person's id.</param>
/// <param name="Name">The name that others see; null if the person was erased.</param>
/// <param name="Role">As what.</param>
public sealed record MemberBody(Id<User> Person, string? Name, Role Role);

/// <summary>What a member shall be.</summary>
public sealed record RoleInput([property: Description("Viewer, Auditor, Submitter, Maintainer or Owner.")] Role Role);

/// <summary>Which page of the members.</summary>
public sealed record MemberPage
{
    /// <summary>How many.</summary>
    [FromQuery(Name = "limit"), Description("How many, 1 to 200; 50 when left out.")]
    public int? Limit { get; init; }

    /// <summary>Where to go on.</summary>
    [FromQuery(Name = "cursor"), Description("Where the page before ended: its `next`, or its Link header.")]
    public string? Cursor { get; init; }

    /// <summary>As lists ask for it.</summary>
    public ListRequest Request => new() { Limit = Limit, Cursor = Cursor };
}

/// <summary>Members of projects.</summary>
public static class MembersApi
{
    private static readonly (string, string)[] ById = [("person", "user_id")];

    /// <summary>Maps the routes.</summary>
    public static void MapMembers(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/projects/{id}/members").WithTags("Projects");
        group.MapGet("", List).WithSummary("The members of a project.").WithName("listMembers").Produces<Page<MemberBody>>();
        group.MapPut("/{person}", Change).WithSummary("Give a member another role; owners may.").WithName("changeRole")
            .WithDescription("The last owner stays one.").Produces<MemberBody>();
        group.MapDelete("/{person}", Remove).WithSummary("Take a member out of a project; owners may.").WithName("removeMember")
            .WithDescription("The project does not exist for them from then on, and nothing runs there with their keys.")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> List(HttpContext context, Id<Project> id, [AsParameters] MemberPage page,
        ListMembersHandler members, IPeople people, CancellationToken cancel)
    {
        var query = Paging.Query(page.Request, ById, false);
        if (!query.Ok) return Refusals.Refuse(query.Problems);
        var found = await members.HandleAsync(RestCaller.Of(context), id, query.Value, cancel);
        var names = found.Ok ? await people.NamesAsync([.. found.Value.Items.Select(member => member.User)], cancel)
            : new Dictionary<Id<User>, string>();
        return Paging.Answer(context, found,
            member => new MemberBody(member.User, names.GetValueOrDefault(member.User), member.Role));
    }

    private static async Task<IResult> Change(HttpContext context, Id<Project> id, Id<User> person, RoleInput body,
        ChangeRoleHandler roles, IPeople people, CancellationToken cancel)
    {
        var changed = await roles.HandleAsync(RestCaller.Of(context), new(id, person, body.Role), cancel);
        if (!changed.Ok) return Refusals.Refuse(changed.Problems);
        var names = await people.NamesAsync([person], cancel);
        return TypedResults.Ok(new MemberBody(person, names.GetValueOrDefault(person), changed.Value.Members[person]));
    }

    private static async Task<IResult> Remove(HttpContext context, Id<Project> id, Id<User> person, RemoveMemberHandler members,
        CancellationToken cancel) =>
        (await members.HandleAsync(RestCaller.Of(context), new(id, person), cancel))
            .Answered(_ => (IResult)TypedResults.NoContent());
}
