using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Runs;

/// <summary>Which runs; all conditions that are given must hold.</summary>
/// <param name="Phase">Only those in this phase.</param>
/// <param name="Hold">Only those on hold for this reason.</param>
/// <param name="Held">Only those that stand still, for whatever reason, or not.</param>
/// <param name="Final">Only those that are over, or not.</param>
/// <param name="Name">Only those whose name holds this text.</param>
/// <param name="Workflow">Only those of the workflow with this name.</param>
/// <param name="Machine">Only those on this machine.</param>
/// <param name="SubmittedBy">Only those of this person.</param>
/// <param name="Since">Only those submitted at this time or later.</param>
/// <param name="Until">Only those submitted before this time.</param>
/// <param name="Failure">Only those that failed for this reason, and were not taken up again.</param>
public sealed record RunFilter(Phase? Phase = null, Hold? Hold = null, bool? Held = null, bool? Final = null,
    string? Name = null, string? Workflow = null, [Id("Machine")] Id<Machine>? Machine = null,
    [Id("Person")] Id<User>? SubmittedBy = null, DateTimeOffset? Since = null, DateTimeOffset? Until = null,
    FailureName? Failure = null)
{
    internal static IReadOnlyList<Condition> Conditions(RunFilter? where) =>
    [
        .. new[]
        {
            Lists.Where("phase", where?.Phase?.ToString()), Lists.Where("hold", where?.Hold?.ToString()),
            Lists.Where("final", where?.Final), Lists.Where("name", where?.Name, Comparison.Contains),
            Lists.Where("workflow", where?.Workflow), Lists.Where("machine", where?.Machine?.ToString()),
            Lists.Where("hold", where?.Held is null ? null : nameof(Portal.Domain.Runs.Hold.None),
                where?.Held == true ? Comparison.NotEqual : Comparison.Equal),
            Lists.Where("failure", where?.Failure?.ToString()), Lists.Where("submitted_by", where?.SubmittedBy?.ToString()),
            Lists.Where("submitted_at", where?.Until?.ToUniversalTime(), Comparison.Less),
            Lists.Where("submitted_at", where?.Since?.ToUniversalTime(), Comparison.AtLeast),
        }.OfType<Condition>(),
    ];
}

/// <summary>What runs are sorted by.</summary>
public enum RunOrderField
{
    /// <summary>When they were asked for.</summary>
    SubmittedAt,
    /// <summary>Their name.</summary>
    Name,
    /// <summary>What they are doing.</summary>
    Phase,
    /// <summary>The workflow's name.</summary>
    Workflow,
    /// <summary>The machine's name.</summary>
    Machine,
    /// <summary>When they ended.</summary>
    EndedAt,
}

/// <summary>How runs are sorted.</summary>
/// <param name="Field">By what.</param>
/// <param name="Direction">Which way.</param>
public sealed record RunOrder(RunOrderField Field, Direction Direction = Direction.Descending);

/// <summary>Questions about runs.</summary>
[QueryType]
public static class RunQueries
{
    /// <summary>
    /// The runs of a project, newest first, of the caller's personal one if none is named; null if there is no such project.
    /// </summary>
    public static Task<ListPage<RunNode>?> GetRunsAsync([Caller] Caller caller, ListRunsHandler runs,
        [PageSize(Lists.Largest, Lists.Usual)] Paging page, [Id("Project")] Id<Project>? project = null,
        RunFilter? where = null, RunOrder? orderBy = null, CancellationToken cancel = default)
    {
        var query = Lists.Query(page, ColumnOf(orderBy?.Field), orderBy?.Direction ?? Direction.Descending,
            RunFilter.Conditions(where));
        return Lists.PageAsync(query, asked => runs.HandleAsync(caller, caller.ProjectOr(project), asked, cancel),
            view => new RunNode(view));
    }

    /// <summary>A run; null if there is none.</summary>
    public static Task<RunNode?> GetRunAsync([Id("Run")] Id<Run> id, [Caller] Caller caller, ShowRunHandler runs,
        ShowArchivedRunHandler archived, CancellationToken cancel) =>
        RunNode.FindAsync(id, caller, runs, archived, cancel);

    private static string ColumnOf(RunOrderField? field) => field switch
    {
        RunOrderField.Name => "name",
        RunOrderField.Phase => "phase",
        RunOrderField.Workflow => "workflow",
        RunOrderField.Machine => "machine_name",
        RunOrderField.EndedAt => "ended_at",
        _ => "submitted_at",
    };
}
