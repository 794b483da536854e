using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Audit;

/// <summary>Seals what happened up to now.</summary>
/// <param name="ClientMutationKey">A repeat seals what is new since, with or without a key.</param>
public sealed record SealNowInput(Guid? ClientMutationKey = null);

/// <summary>A signed root over events, chained to the one before.</summary>
/// <param name="seal">The seal.</param>
[ObjectType("Seal")]
public sealed class SealNode(Seal seal)
{
    /// <summary>1 for the first; no number is left out.</summary>
    public long Number => seal.Number;

    /// <summary>When it was made.</summary>
    public DateTimeOffset Time => seal.Time;

    /// <summary>How many events it covers.</summary>
    public long Count => seal.Count;

    /// <summary>How many events all seals up to it cover.</summary>
    public long Total => seal.Total;

    /// <summary>Position of the last event that it covers.</summary>
    public long To => seal.To;

    /// <summary>Its text: what is signed.</summary>
    public string Text => seal.Text;
}

/// <summary>What came of sealing.</summary>
/// <param name="done">That.</param>
[ObjectType("SealedNow")]
public sealed class SealedNowNode(SealedNow done)
{
    /// <summary>How many seals were made; 0 where nothing was new.</summary>
    public long Made => done.Made;

    /// <summary>The last seal; null where nothing ever happened.</summary>
    public SealNode? Last => done.Last is { } seal ? new(seal) : null;
}

/// <summary>What is done with seals.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class SealMutations
{
    /// <summary>Seals what happened up to now, without waiting for the minute: for administrators and auditors of the portal.</summary>
    [Payload("sealed")]
    public static async Task<MutationResult<SealedNowNode>> SealNowAsync(
        SealNowInput input, [Caller] Caller caller, SealNowHandler seals, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(input);
        var done = await seals.HandleAsync(caller.WithKey("sealNow", input.ClientMutationKey), cancel);
        return done.Ok ? new SealedNowNode(done.Value) : Refused.Of<SealedNowNode>(done.Problems);
    }
}

/// <summary>A place off the machine that seals are written to, as one node sees it.</summary>
/// <param name="standing">How it stands.</param>
[ObjectType("SealPlace")]
public sealed class SealPlaceNode(SealPlaceStanding standing)
{
    /// <summary>Where it is.</summary>
    public string Place => standing.Place;

    /// <summary>The node.</summary>
    public string Node => standing.Node;

    /// <summary>Number of the last seal that lies there, as far as is known; 0 for none.</summary>
    public long Taken => standing.Taken;

    /// <summary>What keeps seals from it; null where nothing does.</summary>
    public SealPlaceFault? Fault => standing.Fault;
}

/// <summary>Questions about seals.</summary>
[QueryType]
public static class SealQueries
{
    /// <summary>How the places stand that seals are written to: for administrators and auditors of the portal.</summary>
    public static async Task<IReadOnlyList<SealPlaceNode>?> GetSealPlacesAsync(
        [Caller] Caller caller, SealPlacesHandler places, CancellationToken cancel) =>
        (await places.HandleAsync(caller, cancel)).OrNull() is { } found
            ? [.. found.Select(place => new SealPlaceNode(place))] : null;
}
