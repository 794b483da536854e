using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Runs;

/// <summary>The second look at a run.</summary>
[ObjectType<RunNode>]
public static class RunApproval
{
    /// <summary>The second look that its project wants; null if it wants none.</summary>
    [Cost(RunFields.Folding)]
    public static async Task<ApprovalNode?> GetApprovalAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        (run.Loaded ?? (await runs.LoadAsync(run.Id))?.Run) is { State: { Approval: { } approval } state }
            ? new(state, approval) : null;

    /// <summary>The exact text of the description that it was submitted with.</summary>
    [Cost(RunFields.Folding)]
    public static async Task<string?> GetDescriptionAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        (run.Loaded ?? (await runs.LoadAsync(run.Id))?.Run)?.State.Request.Description;
}

/// <summary>When a project wants a second look, and what waits for it.</summary>
[ObjectType<ProjectNode>]
public static class ProjectApprovals
{
    /// <summary>When it wants a second look at a run; null if it does not exist for the caller any more.</summary>
    public static async Task<ApprovalRules?> GetApprovalRulesAsync([Parent] ProjectNode project, [Caller] Caller caller,
        ShowApprovalRulesHandler rules, CancellationToken cancel) =>
        (await rules.HandleAsync(caller, project.Id, cancel)).OrNull();

    /// <summary>Its runs that wait for a second look, oldest first.</summary>
    public static Task<ListPage<RunNode>?> GetApprovalsAsync([Parent] ProjectNode project, [Caller] Caller caller,
        ListApprovalsHandler approvals, [PageSize(Lists.Largest, Lists.Usual)] Paging page, CancellationToken cancel) =>
        Lists.PageAsync(Lists.Query(page, "submitted_at", Direction.Ascending),
            asked => approvals.HandleAsync(caller, project.Id, asked, cancel), view => new RunNode(view));
}

/// <summary>What waits for who asks.</summary>
[ObjectType<Viewer>]
public static class ViewerApprovals
{
    /// <summary>Runs that wait for a second look in all projects where their role lets them decide, oldest first.</summary>
    public static async Task<ListPage<RunNode>> GetApprovalsAsync([Parent] Viewer viewer, [Caller] Caller caller,
        MyApprovalsHandler approvals, [PageSize(Lists.Largest, Lists.Usual)] Paging page, CancellationToken cancel)
    {
        var all = (await approvals.HandleAsync(caller, cancel)).Select(waiting => new RunNode(waiting.Run)).ToList();
        return Lists.Page(all, page, run => run.Key);
    }
}
