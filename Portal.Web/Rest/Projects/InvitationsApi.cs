using System.ComponentModel;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Projects;

/// <summary>Who shall be asked in: by a mail address, or by an account.</summary>
public sealed record InvitationInput(
    [property: Description("Viewer, Auditor, Submitter, Maintainer or Owner.")] Role Role,
    [property: Description("The mail address that they sign in with, or will.")] string? Address = null,
    [property: Description("Their account's id, in place of an address.")] Id<User>? Person = null);

/// <summary>An invitation just made: the only time that its secret is seen.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Secret">What its link holds.</param>
/// <param name="Link">The link to send to whom it is for.</param>
/// <param name="Until">Until when it can be answered.</param>
/// <param name="Mailed">Whether the link goes to the address by mail.</param>
public sealed record MadeInvitationBody(
    Id<Invitation> Id, string Secret, string Link, DateTimeOffset Until, bool Mailed);

/// <summary>An invitation without an answer.</summary>
public sealed record InvitationBody(Id<Invitation> Id, Role Role, string? Address, Id<User>? Person, Id<User> InvitedBy,
    DateTimeOffset InvitedAt, DateTimeOffset Until, bool Expired);

/// <summary>The secret of an invitation, as it stands in its link behind the hash sign.</summary>
public sealed record InvitationAnswer([property: Description("portal_inv_ and 64 hex digits.")] string Secret);

/// <summary>An invitation as it is shown to whom it is for.</summary>
public sealed record OpenInvitationBody(
    Id<Invitation> Id, string ProjectName, Role Role, Id<User> InvitedBy, DateTimeOffset Until);

/// <summary>Invitations to projects.</summary>
public static class InvitationsApi
{
    private static readonly (string, string)[] ByTime = [("invitedAt", "invited_at")];

    /// <summary>Maps the routes.</summary>
    public static void MapInvitations(this RouteGroupBuilder api)
    {
        var asked = api.MapGroup("/projects/{id}/invitations").WithTags("Projects");
        asked.MapGet("", List).WithSummary("Invitations without an answer; for owners.").WithName("listInvitations")
            .Produces<Page<InvitationBody>>();
        asked.MapPost("", Invite).WithSummary("Ask somebody into a project; owners may.").WithName("inviteMember")
            .WithDescription("The secret is shown this once. It is good for seven days, once, and for whom it was made.")
            .Produces<MadeInvitationBody>(StatusCodes.Status201Created);
        asked.MapDelete("/{invitation}", Revoke).WithSummary("Take an invitation back.").WithName("revokeInvitation")
            .Produces(StatusCodes.Status204NoContent);
        // The secret comes in the body: addresses are written to logs.
        var mine = api.MapGroup("/invitations").WithTags("Projects");
        mine.MapPost("/show", Show).WithSummary("What an invitation is to.").WithName("showInvitation")
            .Produces<OpenInvitationBody>();
        mine.MapPost("/accept", Accept).WithSummary("Say yes to an invitation.").WithName("acceptInvitation")
            .Produces<ProjectBody>();
        mine.MapPost("/decline", Decline).WithSummary("Say no to an invitation.").WithName("declineInvitation")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> List(HttpContext context, Id<Project> id, [AsParameters] MemberPage page,
        ListInvitationsHandler invitations, CancellationToken cancel)
    {
        var query = Paging.Query(page.Request, ByTime, true);
        return query.Ok
            ? Paging.Answer(context, await invitations.HandleAsync(RestCaller.Of(context), id, query.Value, cancel), Body)
            : Refusals.Refuse(query.Problems);
    }

    private static InvitationBody Body(ListedInvitation listed)
    {
        var view = listed.View;
        return new(view.Id, view.Role, listed.Address, view.Person, view.InvitedBy, view.InvitedAt, view.Until, listed.Expired);
    }

    private static async Task<IResult> Invite(HttpContext context, Id<Project> id, InvitationInput body,
        InviteMemberHandler invitations, IChance chance, CancellationToken cancel)
    {
        var made = await invitations.HandleAsync(RestCaller.Of(context),
            new(RestCaller.NewId<Invitation>(context, null, chance), id, body.Role, body.Address, body.Person), cancel);
        context.Response.Headers.CacheControl = "no-store";
        var portal = $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}";
        return made.Answered(one => (IResult)TypedResults.Created((string?)null,
            new MadeInvitationBody(one.Id, one.Secret, portal + one.Path, one.Until, one.Mailed)));
    }

    private static async Task<IResult> Revoke(HttpContext context, Id<Project> id, Id<Invitation> invitation,
        RevokeInvitationHandler invitations, CancellationToken cancel) =>
        (await invitations.HandleAsync(RestCaller.Of(context), new(invitation, id), cancel))
            .Answered(_ => (IResult)TypedResults.NoContent());

    private static async Task<IResult> Show(HttpContext context, InvitationAnswer body, OpenInvitationHandler invitations,
        CancellationToken cancel) =>
        (await invitations.HandleAsync(RestCaller.Of(context), body.Secret, cancel))
            .Answered(open => new OpenInvitationBody(open.Id, open.ProjectName, open.Role, open.InvitedBy, open.Until));

    private static async Task<IResult> Accept(HttpContext context, InvitationAnswer body, AcceptInvitationHandler invitations,
        CancellationToken cancel) =>
        (await invitations.HandleAsync(RestCaller.Of(context), new(body.Secret), cancel)).Answered(ProjectsApi.Body);

    private static async Task<IResult> Decline(HttpContext context, InvitationAnswer body, DeclineInvitationHandler invitations,
        CancellationToken cancel) =>
        (await invitations.HandleAsync(RestCaller.Of(context), new(body.Secret), cancel))
            .Answered(_ => (IResult)TypedResults.NoContent());
}
