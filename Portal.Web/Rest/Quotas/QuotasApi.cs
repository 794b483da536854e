using System.ComponentModel;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Quotas;

/// <summary>How a project stands to its quotas. A limit that is left out is none.</summary>
public sealed record QuotasBody(
    [property: Description("Runs that have not ended.")] int Runs,
    [property: Description("How many runs may be under way at a time.")] int? RunLimit,
    [property: Description("Core hours of the steps that ended this month.")] double CoreHours,
    [property: Description("Core hours that runs under way may still use: cores times time limits of their steps.")] double CoreHoursAsked,
    [property: Description("How many core hours may be used a month.")] int? CoreHourLimit,
    [property: Description("Bytes of the inputs and outputs that arrived this month.")] long Bytes,
    [property: Description("How many bytes may be moved a month.")] long? ByteLimit,
    [property: Description("The first moment of this calendar month, UTC.")] DateTimeOffset Month,
    [property: Description("When the next one begins, and what is counted by the month begins anew.")] DateTimeOffset Turns)
{
    /// <summary>The standing as it is shown.</summary>
    public static QuotasBody Of(Standing standing) => new(standing.Runs, standing.Limits.Runs, standing.CoreHours,
        standing.CoreHoursAsked,
        standing.Limits.CoreHours, standing.Bytes, standing.Limits.Bytes, standing.Month, standing.Turns);
}

/// <summary>Quotas of projects.</summary>
public static class QuotasApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapQuotas(this RouteGroupBuilder api) =>
        api.MapGroup("/projects/{id}/quotas").WithTags("Projects").MapGet("", Show).WithName("showQuotas").Produces<QuotasBody>()
            .WithSummary("What a project uses, and how much it may.")
            .WithDescription("It is counted behind what happens, and may miss the last moment. "
                + "Administrators of the portal set quotas, in person.");

    private static async Task<IResult> Show(HttpContext context, Id<Project> id, ShowQuotasHandler quotas,
        CancellationToken cancel) =>
        (await quotas.HandleAsync(RestCaller.Of(context), id, cancel)).Answered(QuotasBody.Of);
}
