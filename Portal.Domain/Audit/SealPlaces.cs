using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.Audit;

/// <summary>What keeps seals from a place, in a word that says nothing of where it is.</summary>
public enum SealPlaceFaultKind
{
    /// <summary>It does not answer, or not in time.</summary>
    Unreachable,
    /// <summary>It answers, and takes nothing: the secret is wrong, or the account may not write there.</summary>
    Refused,
    /// <summary>Anything else.</summary>
    Failed,
}

/// <summary>What keeps seals from a place.</summary>
/// <param name="Kind">In a word.</param>
/// <param name="Message">In a sentence; without secrets.</param>
/// <param name="Since">Since when.</param>
public sealed record SealPlaceFault(SealPlaceFaultKind Kind, string Message, DateTimeOffset Since);

/// <summary>How a place off the machine stands that seals are written to, as one node sees it.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Node">The node.</param>
/// <param name="Taken">The last seal that lies there, as far as is known.</param>
/// <param name="Fault">What keeps seals from it; null where nothing does.</param>
public sealed record SealPlaceStanding(string Place, string Node, long Taken, SealPlaceFault? Fault);

/// <summary>Knows how the places of all nodes stand. The portal's side of it is in Jobs.</summary>
public interface ISealPlaces
{
    /// <summary>All of them, of nodes that were heard of lately.</summary>
    Task<IReadOnlyList<SealPlaceStanding>> ListAsync(CancellationToken cancel);
}

/// <summary>Shows how the places stand that seals are written to: to who may seal (<see cref="SealNowHandler"/>).</summary>
public sealed class SealPlacesHandler(Access access, ISealPlaces places)
{
    /// <summary>All of them.</summary>
    public async Task<Result<IReadOnlyList<SealPlaceStanding>>> HandleAsync(Caller caller, CancellationToken cancel) =>
        await access.RefusalAsync(caller, Operation.SealNow, "seal", cancel) is { } refusal
            ? refusal
            : Result.Of(await places.ListAsync(cancel));
}
