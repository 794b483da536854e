using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>What a hold is on.</summary>
public enum HeldKind
{
    /// <summary>A person: they are not erased.</summary>
    Person,
    /// <summary>A project: nobody is erased who is in it, or submitted a run there.</summary>
    Project,
    /// <summary>A run: who submitted it is not erased.</summary>
    Run,
}

/// <summary>The word of an administrator or of an owner of a project that something must be kept as it is, for a time or until it
/// is lifted.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Lifted">Whether it was lifted.</param>
public sealed record RetentionHold(Id<RetentionHold> Id, bool Lifted) : IAggregate<RetentionHold>
{
    /// <inheritdoc/>
    public static string Prefix => "retentionhold";

    /// <inheritdoc/>
    public static RetentionHold Empty { get; } = new(default, false);

    /// <inheritdoc/>
    public RetentionHold Apply(Recorded recorded) => recorded.Body switch
    {
        RetentionHoldPlaced placed => new(placed.HoldId, false),
        RetentionHoldLifted => this with { Lifted = true },
        _ => this,
    };
}

/// <summary>Something is to be kept as it is.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="Kind">What it is on.</param>
/// <param name="Subject">Which one: an id.</param>
/// <param name="Reason">Why, in words; they stay for ever.</param>
/// <param name="Until">From when on it holds nothing; null until it is lifted.</param>
/// <param name="PlacedBy">Who said so.</param>
[EventType("retention_hold_placed")]
public sealed record RetentionHoldPlaced(
    Id<RetentionHold> HoldId, HeldKind Kind, Guid Subject, string Reason, DateTimeOffset? Until, Id<User> PlacedBy);

/// <summary>It need not be kept any more.</summary>
/// <param name="HoldId">The hold.</param>
/// <param name="LiftedBy">Who said so.</param>
[EventType("retention_hold_lifted")]
public sealed record RetentionHoldLifted(Id<RetentionHold> HoldId, Id<User> LiftedBy);
