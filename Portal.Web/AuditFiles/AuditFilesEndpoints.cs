using Portal.Domain.Audit;
using Portal.Web.Accounts;
using Portal.Web.Rest.Audit;

namespace Portal.Web.AuditFiles;

/// <summary>Events as files for a browser that is signed in: the same as REST gives to a program.</summary>
public static class AuditFilesEndpoints
{
    /// <summary>Maps <c>/audit/events.jsonl</c> and <c>/audit/events.csv</c>.</summary>
    public static void MapAuditFiles(this IEndpointRouteBuilder routes)
    {
        foreach (var lines in (EventLines[])[EventLines.Json, EventLines.Csv])
            routes.MapGet($"/audit/events.{lines.Extension}", (HttpContext context, [AsParameters] EventRequest request,
                ExportEventsHandler events, bool? proof, CancellationToken cancel) =>
                ExportedEvents.Answer(CallerFactory.Of(context, "page"), request, events, lines, proof, cancel))
                .RequireAuthorization().ExcludeFromDescription();
    }
}
