using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Lists the runs of a project that wait for a second look.</summary>
public sealed class ListApprovalsHandler(IDocuments documents, Access access)
{
    internal static IReadOnlyList<Condition> Waiting { get; } =
    [
        new("approval", Comparison.Equal, nameof(ApprovalStage.Waiting)), new("final", Comparison.Equal, false),
    ];

    /// <summary>A page; the columns are those of <see cref="RunViewProjection"/>.</summary>
    public Task<Result<DocumentPage<RunView>>> HandleAsync(
        Caller caller, Id<Project> project, DocumentQuery query, CancellationToken cancel) =>
        ProjectLists.PageAsync<RunView>(documents, access, caller, project, Operation.ShowRuns,
            query with { Where = [.. query.Where, .. Waiting] }, cancel);
}

/// <summary>A run that waits, as one who may decide in its project sees it.</summary>
/// <param name="Run">The run.</param>
/// <param name="ProjectName">Its project's name.</param>
/// <param name="Approves">Whether the caller may approve it; false for their own where somebody else has to.</param>
public sealed record WaitingRun(RunView Run, string ProjectName, bool Approves);

/// <summary>Lists what waits for the caller in all projects where they may decide.</summary>
public sealed class MyApprovalsHandler(MyProjectsHandler projects, Access access, Approvers approvers, IDocuments documents)
{
    /// <summary>The most that are listed.</summary>
    public const int Most = 500;

    /// <summary>What was submitted first comes first. An access token sees what waits, and decides nothing.</summary>
    public async Task<IReadOnlyList<WaitingRun>> HandleAsync(Caller caller, CancellationToken cancel)
    {
        if (caller.User is not { } user) return [];
        var names = (await projects.HandleAsync(caller, cancel)).Where(Approvers.May)
            .ToDictionary(member => member.Project, member => member.ProjectName);
        // Roles were just read; what a token is for is the same in every project.
        if (names.Count == 0
            || await access.RefusalAsync(caller, names.Keys.First(), Operation.ShowRuns, "run", cancel) is not null) return [];
        var found = await documents.QueryAsync<RunView>(new(
            [new("project", Comparison.In, names.Keys.Select(id => id.ToString()).ToArray()), .. ListApprovalsHandler.Waiting],
            "submitted_at", Limit: Most), cancel);
        var own = await OwnAsync(found.Items, user, cancel);
        return [.. found.Items.Select(run =>
            new WaitingRun(run, names[run.Project], run.SubmittedBy != user || own[run.Project]))];
    }

    private async Task<Dictionary<Id<Project>, bool>> OwnAsync(
        IReadOnlyList<RunView> runs, Id<User> user, CancellationToken cancel)
    {
        var may = new Dictionary<Id<Project>, bool>();
        foreach (var project in runs.Where(run => run.SubmittedBy == user).Select(run => run.Project).Distinct())
            may[project] = await approvers.MayOwnAsync(project, user, cancel);
        return may;
    }
}
