using System.Globalization;
using Npgsql;
using Portal.Domain.Audit;

namespace Portal.Web.Composition;

/// <summary>Whether this node can serve, for whoever sends requests to it or starts it anew.</summary>
public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Maps <c>GET /healthz</c>: 200 while the database answers, else 503. Anybody may ask, so the answer names no place:
    /// it is <c>ready</c>, or <c>degraded</c> with how many places lack seals, since when and why in a word.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/healthz", AnswerAsync).AllowAnonymous().ExcludeFromDescription();

    /// <summary>What is answered.</summary>
    /// <param name="places">How the places stand that seals are written to.</param>
    public static string Words(IReadOnlyList<SealPlaceStanding> places)
    {
        var lacking = places.Where(place => place.Fault is not null).ToList();
        if (lacking.Count == 0) return "ready\n";
        var since = lacking.Min(place => place.Fault!.Since).UtcDateTime
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var why = string.Join(", ", lacking.Select(place => place.Fault!.Kind.ToString().ToLowerInvariant()).Distinct().Order());
        return $"degraded\nseals: {Count(lacking)} of {Count(places)} places without them since {since}: {why}\n";
    }

    // Each node tells of each place.
    private static int Count(IEnumerable<SealPlaceStanding> places) => places.Select(place => place.Place).Distinct().Count();

    private static async Task<IResult> AnswerAsync(HttpContext context, ISealPlaces places, ILoggerFactory loggers,
        CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            // A server that hangs does not take back a question either: the answer does not wait for that.
            return TypedResults.Text(Words(await places.ListAsync(cancel).WaitAsync(Patience, cancel)));
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            loggers.CreateLogger("Portal.Health").LogWarning("The database does not answer: {Fault}", fault.Message);
            return TypedResults.Text("not ready\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
