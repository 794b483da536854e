using System.ComponentModel;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Web.Rest.Common;
using Portal.Web.Rest.Projects;

namespace Portal.Web.Rest.Runs;

/// <summary>The second look that a project wants at a run.</summary>
/// <param name="Run">The run.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="Reasons">Why somebody is asked, or was.</param>
/// <param name="Hash">SHA-256 over all that would run, lower-case hex: what a decision is bound to.</param>
/// <param name="Scripts">The part of it over the description and its scripts.</param>
/// <param name="Files">The part of it over the files of the code; null where the run brings none.</param>
/// <param name="CoreHours">Core hours that the run asks for; null where a step has no time limit.</param>
/// <param name="SubmittedBy">Who sent the run.</param>
/// <param name="Door">Through which door.</param>
/// <param name="Client">The name of the access token that it was sent with.</param>
/// <param name="AskedAt">Since when it waits, or did.</param>
/// <param name="DecidedBy">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Comment">What they said about it.</param>
/// <param name="LastApproved">The run of the same workflow that was approved last.</param>
public sealed record ApprovalBody(Id<Run> Run, ApprovalStage Stage, IReadOnlyList<ApprovalReason> Reasons, string? Hash,
    string? Scripts, string? Files, double? CoreHours, Id<User> SubmittedBy, string? Door, string? Client,
    DateTimeOffset? AskedAt, Id<User>? DecidedBy, DateTimeOffset? DecidedAt, string? Comment, Id<Run>? LastApproved)
{
    /// <summary>As the handler shows it.</summary>
    public static ApprovalBody Of(ShownApproval shown)
    {
        var (request, state) = (shown.Run.Request, shown.State);
        return new(request.RunId, state.Stage, state.Reasons, state.Hash, state.Scripts, state.Files, state.CoreHours,
            request.SubmittedBy, shown.Run.Sender?.Door, shown.Client, state.AskedAt, state.DecidedBy, state.DecidedAt,
            state.Comment, shown.Before?.State.Request.RunId);
    }
}

/// <summary>Decides about a run that waits for a second look.</summary>
public sealed record ApprovalInput(
    [property: Description("The hash that was looked at.")] string Hash,
    [property: Description("Whether it may go on; else it ends.")] bool Approve,
    [property: Description("What there is to say about it, at most 1000 characters.")] string? Comment = null);

/// <summary>Second looks at runs.</summary>
public static class ApprovalsApi
{
    private static readonly (string, string)[] Sortable = [("submittedAt", "submitted_at"), ("name", "name")];

    /// <summary>Maps the routes.</summary>
    public static void MapApprovals(this RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/runs/{id}/approval").WithTags("Runs");
        runs.MapGet("", Show).WithSummary("The second look that the project wants at a run.").WithName("showApproval")
            .Produces<ApprovalBody>();
        runs.MapPost("", Decide).WithSummary("Approve or refuse a run. It takes a person.").WithName("decideApproval")
            .WithDescription("An access token decides nothing, and all requests here come with one: the answer is 403 and says "
                + "so. People decide in the browser, or by GraphQL in their session.").Produces<ApprovalBody>();
        var project = api.MapGroup("/projects/{id}").WithTags("Projects");
        project.MapGet("/approvals", List).WithSummary("The runs of a project that wait for a second look, oldest first.")
            .WithName("listApprovals").Produces<Page<RunSummary>>();
        project.MapGet("/approval-rules", Rules).WithSummary("When a project wants a second look at a run.")
            .WithName("showApprovalRules").Produces<ApprovalRules>();
    }

    private static async Task<IResult> Show(
        HttpContext context, Id<Run> id, ShowApprovalHandler approvals, CancellationToken cancel) =>
        (await approvals.HandleAsync(RestCaller.Of(context), id, cancel)).Answered(ApprovalBody.Of);

    private static async Task<IResult> Decide(HttpContext context, Id<Run> id, ApprovalInput body,
        DecideApprovalHandler decisions, ShowApprovalHandler approvals, CancellationToken cancel)
    {
        var decided = await decisions.HandleAsync(RestCaller.Of(context), new(id, body.Hash, body.Approve, body.Comment), cancel);
        return decided.Ok ? await Show(context, id, approvals, cancel) : Refusals.Refuse(decided.Problems);
    }

    private static async Task<IResult> List(HttpContext context, Id<Project> id, [AsParameters] MemberPage page,
        ListApprovalsHandler approvals, CancellationToken cancel)
    {
        var query = Paging.Query(page.Request, Sortable, false);
        return query.Ok
            ? Paging.Answer(context, await approvals.HandleAsync(RestCaller.Of(context), id, query.Value, cancel), RunSummary.Of)
            : Refusals.Refuse(query.Problems);
    }

    private static async Task<IResult> Rules(HttpContext context, Id<Project> id, ShowApprovalRulesHandler rules,
        CancellationToken cancel) =>
        (await rules.HandleAsync(RestCaller.Of(context), id, cancel)).Answered(found => found);
}
