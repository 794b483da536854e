using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>Says that something need not be kept any more.</summary>
/// <param name="Id">The hold.</param>
public sealed record LiftRetentionHold(Id<RetentionHold> Id)
{
    /// <summary>Decides on the events; lifting twice changes nothing.</summary>
    public static Result<IReadOnlyList<object>> Decide(RetentionHold state, LiftRetentionHold command, Id<User> by) => state switch
    {
        { Id: var id } when id == default => Problem.NotFound("hold"),
        { Lifted: true } => Result.Of<IReadOnlyList<object>>([]),
        _ => new object[] { new RetentionHoldLifted(command.Id, by) },
    };
}

/// <summary>Handles <see cref="LiftRetentionHold"/>: administrators and auditors of the installation may, in person, whoever
/// placed it.</summary>
public sealed class LiftRetentionHoldHandler(Ledger ledger, Access access, IDocuments documents)
{
    /// <summary>Lifts it; it holds nothing from then on.</summary>
    public async Task<Result<RetentionHoldView>> HandleAsync(Caller caller, LiftRetentionHold command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.KeepRetentionHolds, "hold", cancel) is { } refusal) return refusal;
        var written = await ledger.ChangeAsync<RetentionHold>(caller, command.Id.Value,
            state => LiftRetentionHold.Decide(state, command, caller.User!.Value), cancel);
        if (!written.Ok) return Result.Refused<RetentionHoldView>(written.Problems);
        return (await documents.FindAsync<RetentionHoldView>(command.Id.ToString(), cancel))!;
    }
}

/// <summary>Lists holds, for administrators and auditors of the installation.</summary>
public sealed class ListRetentionHoldsHandler(IDocuments documents, Access access)
{
    /// <summary>A page, of all that ever were; the column is <c>placed_at</c>.</summary>
    public async Task<Result<DocumentPage<RetentionHoldView>>> HandleAsync(
        Caller caller, DocumentQuery query, CancellationToken cancel) =>
        await access.RefusalAsync(caller, Operation.ListRetentionHolds, "holds", cancel) is { } refusal
            ? refusal
            : await documents.QueryAsync<RetentionHoldView>(query with { OrderBy = "placed_at" }, cancel);
}
