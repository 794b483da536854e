using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Runs;

/// <summary>Who caused an event, through which door.</summary>
public sealed record ActorBody(string Id, string Kind, string Door);

/// <summary>An event.</summary>
/// <param name="Version">Its number in the run, from 1.</param>
/// <param name="Position">Its place in the order of all events.</param>
/// <param name="Type">What happened.</param>
/// <param name="Time">When it was recorded.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="CorrelationId">Shared by everything that one request led to.</param>
/// <param name="Body">The fact itself, as it stands in the store.</param>
/// <param name="Hash">SHA-256 over this event and the hash of the one before it, lower-case hex.</param>
public sealed record EventBody(
    long Version, long Position, string Type, DateTimeOffset Time, ActorBody Actor, string CorrelationId, JsonElement Body,
    string Hash)
{
    /// <summary>The event as it is shown.</summary>
    public static EventBody Of(Recorded recorded) => new(recorded.Version, recorded.Position, recorded.Type, recorded.Time,
        new(recorded.Metadata.Actor, recorded.Metadata.ActorKind, recorded.Metadata.Door),
        recorded.Metadata.CorrelationId.ToString("n"),
        JsonElement.Parse(recorded.Text), Convert.ToHexStringLower(recorded.Hash.Span));
}

/// <summary>The events of a run.</summary>
public static class RunEventsApi
{
    private const int LargestPage = 1000;
    private const string Refused = "refused";

    /// <summary>Maps the route.</summary>
    public static void MapRunEvents(this RouteGroupBuilder api) =>
        api.MapGet("/runs/{id}/events", Read).WithTags("Runs").WithSummary("The events of a run, oldest first.")
            .WithName("listRunEvents")
            .WithDescription("With Accept: text/event-stream they come as they happen, until the run is over; a connection that "
                + "was lost goes on with Last-Event-ID and misses and repeats nothing. Who may not read them any more gets "
                + "an event `refused` with code, message and advice, and the stream ends; where the token is good no more, it is cut off.")
            .Produces<Page<EventBody>>();

    private static async Task<IResult> Read(HttpContext context, Id<Run> id, ReadRunEventsHandler runs,
        FollowRunHandler follow, IEventStore store,
        [Description("Only those after this version.")] long? after,
        [Description("How many, 1 to 1000; 200 when left out.")] int? limit, CancellationToken cancel)
    {
        if (limit is < 1 or > LargestPage) return Refusals.Refuse([Problem.Invalid("limit", "A page has 1 to 1000 events.")]);
        var from = long.TryParse(context.Request.Headers["Last-Event-ID"], CultureInfo.InvariantCulture, out var last)
            ? last
            : after ?? 0;
        if (from < 0) return Refusals.Refuse([Problem.Invalid("after", "A version is 0 or more.")]);
        var caller = RestCaller.Of(context);
        var live = EventStream.Wanted(context);
        var size = live ? LargestPage : limit ?? 200;
        // Taken before the first reading: whatever comes in between is in both and passed over the second time.
        var position = live ? await store.LastPositionAsync(cancel) : 0;
        var first = await runs.HandleAsync(caller, id, from, size, cancel);
        if (!first.Ok) return Refusals.Refuse(first.Problems);
        if (live) return new EventStream(FollowAsync(caller, id, from, position, first.Value, runs, follow, cancel));
        return TypedResults.Ok(new Page<EventBody>([.. first.Value.Select(EventBody.Of)],
            first.Value.Count == size ? first.Value[^1].Version.ToString(CultureInfo.InvariantCulture) : null));
    }

    private static async IAsyncEnumerable<StreamItem> FollowAsync(Caller caller, Id<Run> id, long from, long position,
        IReadOnlyList<Recorded> first, ReadRunEventsHandler runs, FollowRunHandler follow,
        [EnumeratorCancellation] CancellationToken cancel)
    {
        var (page, seen) = (first, from);
        while (page.Count > 0)
        {
            foreach (var recorded in page)
            {
                yield return Item(recorded);
                seen = recorded.Version;
            }
            var more = await runs.HandleAsync(caller, id, seen, LargestPage, cancel);
            page = more.Ok ? more.Value : [];
        }
        await foreach (var change in follow.HandleAsync(caller, id, position, cancel))
        {
            if (!change.Ok)
            {
                var problem = change.Problems[0];
                yield return new(Refused, null, new { problem.Code, problem.Message, problem.Advice });
                yield break;
            }
            foreach (var recorded in change.Value.Events.Where(recorded => recorded.Version > seen)) yield return Item(recorded);
        }
    }

    private static StreamItem Item(Recorded recorded) =>
        new(recorded.Type, recorded.Version.ToString(CultureInfo.InvariantCulture), EventBody.Of(recorded));
}
