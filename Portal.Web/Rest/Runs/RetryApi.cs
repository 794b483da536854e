using System.ComponentModel;
using System.Text.Json;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Runs;

/// <summary>Takes a run up again.</summary>
public sealed record RetryInput(
    [property: Description("Opens your key; used at once and kept nowhere.")] string SecurityToken,
    [property: Description("How long the run may use it: seconds, or an ISO 8601 duration.")] JsonElement? LeaseFor = null,
    [property: Description("Whether your key shall be in the portal's memory alone; as it was before when left out.")]
    bool? Attended = null);

/// <summary>Runs that failed or were cancelled, taken up again.</summary>
public static class RetryApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapRunRetries(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("/runs/{id}/retry").WithTags("Runs");
        group.MapGet("", Plan).WithSummary("What a retry would keep and what it would do again.").WithName("planRetry")
            .Produces<RetryPlan>();
        group.MapPost("", Retry).WithSummary("Take a run that failed or was cancelled up again where it broke off.")
            .WithName("retryRun").WithDescription("What went well is kept, as long as it is still on the machine. With the header "
                + "Idempotency-Key a repeat is harmless: it shows the run as it stands.")
            .Produces<RunBody>(StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> Plan(HttpContext context, Id<Run> id, PlanRetryHandler runs, CancellationToken cancel) =>
        (await runs.HandleAsync(RestCaller.Of(context), id, cancel)).Answered(plan => plan);

    private static async Task<IResult> Retry(HttpContext context, Id<Run> id, RetryInput body, RetryRunHandler runs,
        ShowRunHandler shown, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var lease = LeaseLength.Read(body.LeaseFor);
        if (lease.Problems is { } wrong) return Refusals.Refuse(wrong);
        var command = new RetryRun(id, body.SecurityToken, lease.Value, body.Attended);
        var caller = RestCaller.Keyed(context, $"retryRun {id}");
        if (await RepeatedAsync()) return await AnswerAsync();
        var retried = await runs.HandleAsync(caller, command, cancel);
        // Of two at once with one key, both asked for the one that was done.
        return retried.Ok || await RepeatedAsync() ? await AnswerAsync() : Refusals.Refuse(retried.Problems);

        Task<IResult> AnswerAsync() =>
            RunsApi.ShownAsync(context, id, shown, cancel, run => TypedResults.Accepted($"/api/v1/runs/{id}", run));

        async Task<bool> RepeatedAsync() =>
            RestCaller.Key(context).Length > 0 && (await repeats.HandleAsync<Run>(caller, id.Value, cancel)).Count > 0;
    }
}
