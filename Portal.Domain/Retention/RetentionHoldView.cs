using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>A hold as lists see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What it is on.</param>
/// <param name="Subject">Which one.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">From when on it holds nothing; null until it is lifted.</param>
/// <param name="PlacedBy">Who placed it.</param>
/// <param name="PlacedAt">When.</param>
/// <param name="LiftedBy">Who lifted it; null while nobody has.</param>
/// <param name="LiftedAt">When.</param>
public sealed record RetentionHoldView(Id<RetentionHold> Id, HeldKind Kind, Guid Subject, string Reason, DateTimeOffset? Until,
    Id<User> PlacedBy, DateTimeOffset PlacedAt, Id<User>? LiftedBy = null, DateTimeOffset? LiftedAt = null)
{
    /// <summary>Whether it holds at that moment.</summary>
    public bool HoldsAt(DateTimeOffset moment) => LiftedAt is null && (Until is null || Until > moment);
}

/// <summary>Keeps <see cref="RetentionHoldView"/> in the appending transaction: what is held is held from then on.</summary>
public sealed class RetentionHoldProjection : Projection<RetentionHoldView>
{
    /// <inheritdoc/>
    public override DocumentTable<RetentionHoldView> Table { get; } = new(
        "retention_holds", hold => hold.Id.ToString(),
        [
            new("lifted", "boolean", hold => hold.LiftedAt is not null),
            new("placed_at", "timestamptz", hold => hold.PlacedAt),
            new("placed_by", "text", hold => hold.PlacedBy.ToString()),
        ],
        ["lifted, placed_at desc", "placed_at desc", "placed_by, placed_at desc"]);

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } = [typeof(RetentionHoldPlaced), typeof(RetentionHoldLifted)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(
        Recorded recorded, IDocumentWriter<RetentionHoldView> documents, CancellationToken cancel)
    {
        if (recorded.Body is RetentionHoldPlaced placed)
            documents.Put(new(placed.HoldId, placed.Kind, placed.Subject, placed.Reason, placed.Until, placed.PlacedBy, recorded.Time));
        else if (recorded.Body is RetentionHoldLifted lifted
            && await documents.FindAsync(lifted.HoldId.ToString(), cancel) is { } view)
            documents.Put(view with { LiftedBy = lifted.LiftedBy, LiftedAt = recorded.Time });
    }
}
