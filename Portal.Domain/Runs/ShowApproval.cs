using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>The second look at a run, as it is shown to who may look.</summary>
/// <param name="Run">The run.</param>
/// <param name="State">How far it is.</param>
/// <param name="Client">The name of the access token that the run came with; null where a person was signed in, or where the
/// token was taken back.</param>
/// <param name="Decides">Whether the caller's role lets them decide.</param>
/// <param name="Approves">Whether they may also approve: not everybody may approve their own.</param>
/// <param name="Own">Whether the caller submitted it.</param>
/// <param name="Before">The run of the same workflow that was approved last; null where there is none.</param>
public sealed record ShownApproval(Run Run, ApprovalState State, string? Client, bool Decides, bool Approves, bool Own,
    Loaded<Run>? Before);

/// <summary>Shows the second look at a run.</summary>
public sealed class ShowApprovalHandler(RunAccess runs, Ledger ledger, IDocuments documents, Approvers approvers)
{
    /// <summary>It, or NOT_FOUND where nobody wants a second look.</summary>
    public async Task<Result<ShownApproval>> HandleAsync(Caller caller, Id<Run> id, CancellationToken cancel)
    {
        var found = await runs.FindAsync(caller, id, Operation.ShowRuns, cancel);
        if (!found.Ok) return Result.Refused<ShownApproval>(found.Problems);
        var run = found.Value.State;
        if (run.Approval is not { } approval)
            return new Problem("NOT_FOUND", "The project wanted no second look at this run.");
        var (project, user) = (run.Request.ProjectId, caller.User);
        var decides = caller.Token is null && user is { } person && await approvers.IsOneAsync(project, person, cancel);
        var own = run.Request.SubmittedBy == user;
        var approves = decides && (!own || await approvers.MayOwnAsync(project, user!.Value, cancel));
        var client = run.Sender?.Token is { } token
            ? (await documents.FindAsync<AccessTokenView>(token.ToString(), cancel))?.Name : null;
        return new ShownApproval(run, approval, client, decides, approves, own, await BeforeAsync(run.Request, cancel));
    }

    // Of a workflow by its name: a description that is sent along has a name too.
    private async Task<Loaded<Run>?> BeforeAsync(RunSubmitted request, CancellationToken cancel)
    {
        var page = await documents.QueryAsync<RunView>(new(
        [
            new("project", Comparison.Equal, request.ProjectId.ToString()),
            new("workflow", Comparison.Equal, request.WorkflowName),
            new("approval", Comparison.Equal, nameof(ApprovalStage.Approved)),
            new("id", Comparison.NotEqual, request.RunId.ToString()),
        ], "submitted_at", Descending: true, Limit: 1), cancel);
        if (page.Items is not [var before]) return null;
        try
        {
            return await ledger.LoadAsync<Run>(before.Id.Value, cancel);
        }
        catch (StreamArchivedException)
        {
            // It is too long ago to be held against.
            return null;
        }
    }
}
