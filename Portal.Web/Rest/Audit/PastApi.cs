using System.ComponentModel;
using System.Globalization;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Web.Rest.Common;
using Portal.Web.Rest.Runs;

namespace Portal.Web.Rest.Audit;

/// <summary>Things as they were, how they differ, and what keys were used for.</summary>
public static class PastApi
{
    private const int UsualPage = 100;

    /// <summary>Maps the routes.</summary>
    public static void MapPast(this RouteGroupBuilder api)
    {
        const string How = "The moment is exactly one of version, position and time. One that there was not is refused by name: "
            + "VERSION_UNKNOWN, BEFORE_BEGINNING, POSITION_AHEAD, TIME_AHEAD.";
        api.MapGet("/runs/{id}/at", Run).WithTags("Runs").WithName("runAt").WithSummary("A run as it was at a moment.")
            .WithDescription(How).Produces<PastBody<RunBody>>();
        api.MapGet("/runs/compare", Compare).WithTags("Runs").WithName("compareRuns").Produces<ComparisonBody>()
            .WithSummary("Two runs side by side, of whatever projects, for who may see both.");
        api.MapGet("/machines/{id}/at", Machine).WithTags("Machines").WithName("machineAt").WithDescription(How)
            .WithSummary("A machine as it was at a moment, for members of its own project.").Produces<PastBody<MachineAtBody>>();
        api.MapGet("/projects/{id}/at", Project).WithTags("Projects").WithName("projectAt").WithDescription(How)
            .WithSummary("A project and who was in it, as it was at a moment, for who may read its events.")
            .Produces<PastBody<ProjectAtBody>>();
        var credentials = api.MapGroup("/credentials/{id}").WithTags("Credentials");
        credentials.MapGet("/at", Credential).WithName("credentialAt").WithDescription(How)
            .WithSummary("A key as it was at a moment, for its owner and who may read the events of a project whose runs used it.")
            .Produces<PastBody<CredentialAtBody>>();
        credentials.MapGet("/history", History).WithName("credentialHistory").Produces<Page<CredentialEventBody>>()
            .WithSummary("What happened to a key, newest first: made, tested, lent, used, ended, and its machine's host keys.")
            .WithDescription("Its owner sees all of it; who may read the events of a project sees what its runs did with it.");
    }

    private static Task<IResult> Run(HttpContext context, Id<Run> id, [AsParameters] PastRequest at, RunAtHandler runs, Past past,
        CancellationToken cancel) =>
        at.AnswerAsync(moment => runs.HandleAsync(RestCaller.Of(context), id, moment, cancel), past, "run", RunTraits.Of,
            then => RunBody.Of(then.State, then.Version), cancel);

    private static async Task<IResult> Compare(HttpContext context, [Description("Id of the one.")] Id<Run> left,
        [Description("Id of the other.")] Id<Run> right, [Description("Whether what is the same is wanted, too.")] bool? all,
        CompareRunsHandler runs, CancellationToken cancel) =>
        (await runs.HandleAsync(RestCaller.Of(context), left, right, cancel)).Answered(both => new ComparisonBody(
            RunBody.Of(both.Left.State, both.Left.Version), RunBody.Of(both.Right.State, both.Right.Version),
            [.. both.Rows(all ?? false).Select(DifferenceBody.Of)]));

    private static Task<IResult> Machine(HttpContext context, Id<Machine> id, [AsParameters] PastRequest at,
        MachineAtHandler machines, Past past, CancellationToken cancel) =>
        at.AnswerAsync(moment => machines.HandleAsync(RestCaller.Of(context), id, moment, cancel), past, "machine",
            MachineTraits.Of, then => MachineAtBody.Of(id, then.State), cancel);

    private static Task<IResult> Project(HttpContext context, Id<Project> id, [AsParameters] PastRequest at,
        ProjectAtHandler projects, Past past, CancellationToken cancel) =>
        at.AnswerAsync(moment => projects.HandleAsync(RestCaller.Of(context), id, moment, cancel), past, "project",
            ProjectTraits.Of, then => ProjectAtBody.Of(then.State), cancel);

    private static Task<IResult> Credential(HttpContext context, Id<Credential> id, [AsParameters] PastRequest at,
        CredentialAtHandler credentials, Past past, CancellationToken cancel) =>
        at.AnswerAsync(moment => credentials.HandleAsync(RestCaller.Of(context), id, moment, cancel), past, "credential",
            CredentialTraits.Of, then => CredentialAtBody.Of(then.State), cancel);

    private static async Task<IResult> History(HttpContext context, Id<Credential> id, CredentialHistoryHandler credentials,
        [Description("How many, 1 to 200; 100 when left out.")] int? limit,
        [Description("Where the page before ended: its `next`.")] string? cursor, CancellationToken cancel)
    {
        if (limit is < 1 or > CredentialHistoryHandler.Most)
            return Refusals.Refuse([Problem.Invalid("limit", $"A page has 1 to {CredentialHistoryHandler.Most} entries.")]);
        long? before = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
                return Refusals.Refuse([Problem.Invalid("cursor", "This is no cursor of this list.")]);
            before = position;
        }
        return (await credentials.HandleAsync(RestCaller.Of(context), id, before, limit ?? UsualPage, cancel)).Answered(found =>
            Paging.Linked(context, new Page<CredentialEventBody>([.. found.Events.Select(CredentialEventBody.Of)],
                found.More ? found.Events[^1].Position.ToString(CultureInfo.InvariantCulture) : null)));
    }
}
