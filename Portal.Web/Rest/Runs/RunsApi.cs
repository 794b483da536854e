using System.ComponentModel;
using System.Text.Json;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Runs;

/// <summary>Gives a run its key again.</summary>
public sealed record LeaseInput(
    [property: Description("Opens your key; used at once and kept nowhere.")] string SecurityToken,
    [property: Description("How long the run may use it: seconds, or an ISO 8601 duration.")] JsonElement? LeaseFor = null);

/// <summary>Runs.</summary>
public static class RunsApi
{
    private static readonly (string, string)[] Sortable =
        [("submittedAt", "submitted_at"), ("name", "name"), ("phase", "phase"), ("workflow", "workflow"), ("machine", "machine_name"), ("endedAt", "ended_at")];

    /// <summary>Maps the routes.</summary>
    public static void MapRuns(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/runs").WithTags("Runs");
        group.MapGet("", List).WithSummary("The runs of a project, newest first.").WithName("listRuns").Produces<Page<RunSummary>>();
        group.MapPost("", Submit).WithSummary("Submit a run.").WithName("submitRun").Produces<RunBody>(StatusCodes.Status201Created)
            .WithDescription("Everything is checked before anything is kept. With an `id` of your own, or the header Idempotency-Key, a repeat is harmless.");
        group.MapGet("/{id}", Show).WithSummary("Everything known of a run, now or as it was.").WithName("showRun").Produces<RunBody>();
        group.MapPost("/{id}/cancel", Cancel).WithSummary("End a run, whatever it is doing.").WithName("cancelRun")
            .WithDescription("Nothing of it is left running. Asking twice changes nothing.").Produces<RunBody>(StatusCodes.Status202Accepted);
        group.MapPost("/{id}/token", GiveToken).WithSummary("Lend a run your key anew; it goes on by itself.").WithName("giveToken").Produces<RunBody>();
        group.MapDelete("/{id}/lease", Revoke).WithSummary("Take your key back from a run; it waits for the token.").WithName("revokeLease").Produces<RunBody>();
    }

    private static async Task<IResult> List(HttpContext context, [AsParameters] ListRequest request, ListRunsHandler runs,
        [Description("Only those in this phase.")] Phase? phase, [Description("Only those on hold for this reason.")] Hold? hold,
        [Description("Only those that are over (true) or not (false).")] bool? final, [Description("Only those whose name holds this text.")] string? name,
        [Description("Only those of the workflow with this name.")] string? workflow, [Description("Only those on this machine.")] Id<Machine>? machine,
        [Description("Only those submitted at this time or later.")] DateTimeOffset? since,
        [Description("Only those submitted before this time.")] DateTimeOffset? until, [Description("Only those of this person.")] Id<User>? person,
        [Description("Only those that failed for this reason.")] FailureName? failure, CancellationToken cancel)
    {
        var caller = RestCaller.Of(context);
        var query = Paging.Query(request, Sortable, true, Paging.Where("phase", phase?.ToString()), Paging.Where("hold", hold?.ToString()),
            final is { } over ? new Condition("final", Comparison.Equal, over) : null, Paging.Where("name", name, Comparison.Contains),
            Paging.Where("workflow", workflow), Paging.Where("machine", machine?.ToString()),
            Paging.Where("submitted_by", person?.ToString()), Paging.Where("failure", failure?.ToString()),
            until is { } end ? new Condition("submitted_at", Comparison.Less, end.ToUniversalTime()) : null,
            since is { } moment ? new Condition("submitted_at", Comparison.AtLeast, moment.ToUniversalTime()) : null);
        return query.Ok
            ? Paging.Answer(context, await runs.HandleAsync(caller, caller.ProjectOr(request.Project), query.Value, cancel), RunSummary.Of)
            : Refusals.Refuse(query.Problems);
    }

    private static async Task<IResult> Submit(HttpContext context, RunInput body, SubmitRunHandler runs, IChance chance, CancellationToken cancel)
    {
        var lease = LeaseLength.Read(body.LeaseFor);
        if (lease.Problems is { } wrong) return Refusals.Refuse(wrong);
        var parameters = Values(body.Parameters ?? new Dictionary<string, JsonElement>());
        if (!parameters.Ok) return Refusals.Refuse(parameters.Problems);
        if (body is { Workflow: not null, Description: not null })
            return Refusals.Refuse([Problem.Invalid("description", "Either a workflow or a description, not both.")]);
        var id = RestCaller.NewId(context, body.Id, chance);
        var submitted = await runs.HandleAsync(RestCaller.Of(context), new(id, body.Machine, body.Name, body.Workflow, body.Version, body.Description,
            parameters.Value, body.SecurityToken, lease.Value, body.Attended ?? false, body.Project), cancel);
        return submitted.Answered(IResult (run) => TypedResults.Created($"/api/v1/runs/{id}", RunBody.Of(run.State, run.Version)));
    }

    private static async Task<IResult> Show(HttpContext context, Id<Run> id, ShowRunHandler runs,
        [Description("As of this number of events.")] long? version, [Description("As of this moment.")] DateTimeOffset? at, CancellationToken cancel) =>
        (await runs.HandleAsync(RestCaller.Of(context), id, version is null && at is null ? null : new(version, null, at), cancel))
            .Answered(run => RunBody.Of(run.State, run.Version));

    private static async Task<IResult> Cancel(HttpContext context, Id<Run> id, CancelRunHandler runs, ShowRunHandler shown, CancellationToken cancel)
    {
        var cancelled = await runs.HandleAsync(RestCaller.Of(context), new(id), cancel);
        return cancelled.Ok
            ? await ShownAsync(context, id, shown, cancel, run => TypedResults.Accepted($"/api/v1/runs/{id}", run))
            : Refusals.Refuse(cancelled.Problems);
    }

    private static async Task<IResult> GiveToken(HttpContext context, Id<Run> id, LeaseInput body, GiveTokenHandler runs, ShowRunHandler shown,
        CancellationToken cancel)
    {
        var lease = LeaseLength.Read(body.LeaseFor);
        if (lease.Problems is { } wrong) return Refusals.Refuse(wrong);
        var given = await runs.HandleAsync(RestCaller.Of(context), new(id, body.SecurityToken, lease.Value), cancel);
        return given.Ok ? await ShownAsync(context, id, shown, cancel, TypedResults.Ok) : Refusals.Refuse(given.Problems);
    }

    private static async Task<IResult> Revoke(HttpContext context, Id<Run> id, RevokeLeaseHandler runs, ShowRunHandler shown, CancellationToken cancel)
    {
        var revoked = await runs.HandleAsync(RestCaller.Of(context), id, cancel);
        return revoked.Ok ? await ShownAsync(context, id, shown, cancel, TypedResults.Ok) : Refusals.Refuse(revoked.Problems);
    }

    // A token that may change a run may not always see it: what it asked for was done all the same (204).
    internal static async Task<IResult> ShownAsync(
        HttpContext context, Id<Run> id, ShowRunHandler runs, CancellationToken cancel, Func<RunBody, IResult> answer) =>
        (await runs.HandleAsync(RestCaller.Of(context), id, null, cancel)).Value is { } run
            ? answer(RunBody.Of(run.State, run.Version))
            : TypedResults.NoContent();

    private static Result<IReadOnlyDictionary<string, string>> Values(IReadOnlyDictionary<string, JsonElement> given)
    {
        var texts = new Dictionary<string, string>();
        var problems = new List<Problem>();
        foreach (var (name, value) in given)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Null:
                    break;
                case JsonValueKind.Array or JsonValueKind.Object:
                    problems.Add(new("WRONG_TYPE", "A list or an object is not a value of a parameter.", $"parameters.{name}",
                        Advice: "Give text, a number, true or false."));
                    break;
                default:
                    texts[name] = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
                    break;
            }
        }
        return problems.Count > 0 ? Result.Refused<IReadOnlyDictionary<string, string>>(problems) : texts;
    }
}
