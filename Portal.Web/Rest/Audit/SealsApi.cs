using System.ComponentModel;
using Portal.Domain.Audit;
using Portal.Web.Rest.Common;

namespace Portal.Web.Rest.Audit;

/// <summary>The last seal, and how many were made to get there.</summary>
public sealed record SealBody(
    [property: Description("How many seals were made now; 0 where nothing was new.")] long Made,
    [property: Description("Number of the last one; left out where nothing ever happened.")] long? Number,
    [property: Description("When it was made.")] DateTimeOffset? Time,
    [property: Description("How many events all seals cover.")] long? Total,
    [property: Description("Position of the last event that it covers.")] long? To,
    [property: Description("Its text, which is what is signed.")] string? Text)
{
    /// <summary>The seal as it is shown.</summary>
    public static SealBody Of(SealedNow done) =>
        new(done.Made, done.Last?.Number, done.Last?.Time, done.Last?.Total, done.Last?.To, done.Last?.Text);
}

/// <summary>Seals.</summary>
public static class SealsApi
{
    /// <summary>Maps the routes.</summary>
    public static void MapSeals(this RouteGroupBuilder api)
    {
        var seals = api.MapGroup("/seals").WithTags("Audit");
        seals.MapPost("", Seal).WithName("sealNow").Produces<SealBody>()
            .WithSummary("Seal what happened up to now, without waiting for the minute.")
            .WithDescription("For administrators of the portal. A repeat seals what is new since; where nothing is, it says so.");
        seals.MapGet("/places", Places).WithName("listSealPlaces").Produces<Page<SealPlaceStanding>>()
            .WithSummary("How the places off the machine stand that seals are written to, for administrators and auditors.");
    }

    private static async Task<IResult> Places(HttpContext context, SealPlacesHandler places, CancellationToken cancel) =>
        (await places.HandleAsync(RestCaller.Of(context), cancel)).Answered(found => new Page<SealPlaceStanding>(found, null));

    private static async Task<IResult> Seal(HttpContext context, SealNowHandler seals, CancellationToken cancel) =>
        (await seals.HandleAsync(RestCaller.Of(context), cancel)).Answered(SealBody.Of);
}
