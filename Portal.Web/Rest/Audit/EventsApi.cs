using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.Web.Rest.Common;
using Portal.Web.Rest.Runs;

namespace Portal.Web.Rest.Audit;

/// <summary>An event of the record.</summary>
/// <param name="Position">Its place in the order of all events.</param>
/// <param name="Stream">What it is about: the kind of thing, a dash, and its id.</param>
/// <param name="Version">Its number among the events of that thing, from 1.</param>
/// <param name="Id">Its own id, by which others name it as their cause.</param>
/// <param name="Type">What happened.</param>
/// <param name="Time">When it was recorded.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="CorrelationId">Shared by everything that one request led to.</param>
/// <param name="CausationId">The event that led to it, where one did.</param>
/// <param name="Body">The fact itself, as it stands in the record; an empty object where it was archived.</param>
/// <param name="Hash">SHA-256 over this event and the hash of the one before it, lower-case hex.</param>
public sealed record RecordedBody(long Position, string Stream, long Version, Guid Id, string Type, DateTimeOffset Time, ActorBody Actor,
    Guid CorrelationId, Guid? CausationId, JsonElement Body, string Hash)
{
    /// <summary>Id of the archive in which body and metadata are; left out for all others.</summary>
    public string? Archive { get; init; }

    /// <summary>The event as it is shown.</summary>
    public static RecordedBody Of(Recorded recorded) => new(recorded.Position, recorded.Stream, recorded.Version, recorded.Id,
        recorded.Type, recorded.Time, new(recorded.Metadata.Actor, recorded.Metadata.ActorKind, recorded.Metadata.Door),
        recorded.Metadata.CorrelationId, recorded.Metadata.CausationId, JsonElement.Parse(recorded.Text),
        Convert.ToHexStringLower(recorded.Hash.Span))
    {
        Archive = (recorded.Body as ArchivedEvent)?.Archive.ToString("n"),
    };
}

/// <summary>Searching the record of all events, and taking what is found away.</summary>
public static class EventsApi
{
    private const int LargestPage = 1000, UsualPage = 100;

    /// <summary>Maps the routes.</summary>
    public static void MapEvents(this RouteGroupBuilder api)
    {
        var events = api.MapGroup("/events").WithTags("Audit");
        events.MapGet("", List).WithName("listEvents").WithSummary("What happened, newest first, as far as you may read events.")
            .WithDescription("A page may be gone on from with its next. What is written now is found a moment later.")
            .Produces<Page<RecordedBody>>();
        events.MapGet("/{position:long}", Show).WithName("showEvent").WithSummary("One event, by its position.").Produces<RecordedBody>();
        MapExport(EventLines.Json, "exportEvents", "as JSON lines",
            "Each line is an event with body and metadata exactly as they stand in the record and as their hash covers them.");
        MapExport(EventLines.Csv, "exportEventsAsCsv", "as CSV (RFC 4180)",
            "A cell that would begin a formula begins with an apostrophe.");

        void MapExport(EventLines lines, string name, string how, string more) =>
            api.MapGet($"/events.{lines.Extension}", (HttpContext context, [AsParameters] EventRequest request,
                    ExportEventsHandler handler, [Description("Whether the file brings what shows that the events were sealed; "
                        + "`portal audit verify FILE` checks it offline. JSON lines only.")] bool? proof,
                    CancellationToken cancel) =>
                    ExportedEvents.Answer(RestCaller.Of(context), request, handler, lines, proof, cancel))
                .WithTags("Audit").WithName(name).WithSummary($"All that is found, oldest first, {how}.")
                .WithDescription($"{more} The last line tells how many there are, and up to which position was searched: an export without "
                    + "it was cut off.")
                .Produces(200, contentType: lines.MediaType);
    }

    private static async Task<IResult> List(HttpContext context, [AsParameters] EventRequest request, SearchEventsHandler events,
        [Description("newest (first; when left out) or oldest.")] string? order,
        [Description("How many, 1 to 1000; 100 when left out.")] int? limit,
        [Description("Where the page before ended: its `next`.")] string? cursor, CancellationToken cancel)
    {
        if (limit is < 1 or > LargestPage) return Refusals.Refuse([Problem.Invalid("limit", "A page has 1 to 1000 events.")]);
        if (order is not (null or "newest" or "oldest"))
            return Refusals.Refuse([Problem.Invalid("order", "Events come in the order newest or oldest.")]);
        long? from = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
                return Refusals.Refuse([Problem.Invalid("cursor", "This is no cursor of this list.")]);
            from = position;
        }
        var newest = order != "oldest";
        var asked = request.Question();
        if (!asked.Ok) return Refusals.Refuse(asked.Problems);
        var question = asked.Value with { After = newest ? null : from, Before = newest ? from : null };
        return (await events.PageAsync(RestCaller.Of(context), question, newest, limit ?? UsualPage, cancel)).Answered(found =>
        {
            var next = found.More ? found.Events[^1].Position.ToString(CultureInfo.InvariantCulture) : null;
            var page = new Page<RecordedBody>([.. found.Events.Select(RecordedBody.Of)], next);
            return (IResult)TypedResults.Ok(Paging.Linked(context, page));
        });
    }

    private static async Task<IResult> Show(HttpContext context, long position, EventCausesHandler events, CancellationToken cancel) =>
        (await events.FindAsync(RestCaller.Of(context), position, cancel)).Answered(RecordedBody.Of);
}
