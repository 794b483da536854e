using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.GraphQL.Execution;

namespace Portal.Web.GraphQL.Runs;

/// <summary>Folds many runs from their events, which it reads with one question.</summary>
/// <param name="runs">Reads them.</param>
public sealed class RunHistoryLoader(ReadRunsHandler runs) : DataLoader<Id<Run>, RunHistory>
{
    /// <inheritdoc/>
    protected override async Task FetchAsync(Batch<Id<Run>, RunHistory> batch, CancellationToken cancel)
    {
        foreach (var (id, run) in await runs.HandleAsync((Caller)Caller!, [.. batch.Keys], cancel)) batch.Set(id, run);
    }
}
