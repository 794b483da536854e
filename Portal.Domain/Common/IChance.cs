namespace Portal.Domain.Common;

/// <summary>Where the domain gets what it must not make itself: new ids and the time. Handlers take it; decisions get values.</summary>
public interface IChance
{
    /// <summary>A new UUID version 7.</summary>
    Guid NewGuid();

    /// <summary>The time now, UTC.</summary>
    DateTimeOffset Now { get; }
}
