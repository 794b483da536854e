namespace Portal.Domain.Audit;

/// <summary>A moment in the life of a thing. Exactly one of the three is said.</summary>
/// <param name="Version">After so many of its own events, from 1.</param>
/// <param name="Position">After the event with this place in the order of all events, or the last of its own before that.</param>
/// <param name="Time">After the last of its events that was recorded at this time or before it.</param>
public sealed record Moment(long? Version = null, long? Position = null, DateTimeOffset? Time = null)
{
    /// <summary>Whether exactly one of the three is said.</summary>
    public bool IsClear => (Version is null ? 0 : 1) + (Position is null ? 0 : 1) + (Time is null ? 0 : 1) == 1;
}
