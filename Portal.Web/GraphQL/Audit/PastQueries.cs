using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Credentials;
using Portal.Web.GraphQL.Machines;
using Portal.Web.GraphQL.Projects;
using Portal.Web.GraphQL.Runs;

namespace Portal.Web.GraphQL.Audit;

/// <summary>Questions about how things were, and how they differ.</summary>
[QueryType]
public static class PastQueries
{
    /// <summary>A run as it was at a moment; null if there is none.</summary>
    [Cost(RunFields.Folding)]
    public static async Task<RunAtNode?> GetRunAtAsync([Id("Run")] Id<Run> id, MomentInput at, [Caller] Caller caller,
        RunAtHandler runs, CancellationToken cancel) =>
        (await runs.HandleAsync(caller, id, at.Moment, cancel)).OrNull() is { } past ? new(past) : null;

    /// <summary>A machine as it was at a moment, for members of its own project; null if there is none.</summary>
    [Cost(RunFields.Folding)]
    public static async Task<MachineAtNode?> GetMachineAtAsync([Id("Machine")] Id<Machine> id, MomentInput at,
        [Caller] Caller caller, MachineAtHandler machines, CancellationToken cancel) =>
        (await machines.HandleAsync(caller, id, at.Moment, cancel)).OrNull() is { } past ? new(past) : null;

    /// <summary>A project and who was in it, as it was at a moment, for who may read its events; null if there is none.</summary>
    [Cost(RunFields.Folding)]
    public static async Task<ProjectAtNode?> GetProjectAtAsync([Id("Project")] Id<Project> id, MomentInput at,
        [Caller] Caller caller, ProjectAtHandler projects, CancellationToken cancel) =>
        (await projects.HandleAsync(caller, id, at.Moment, cancel)).OrNull() is { } past ? new(past) : null;

    /// <summary>
    /// A credential as it was at a moment, for its owner and for who may read the events of a project whose runs used it; null if
    /// there is none.
    /// </summary>
    [Cost(RunFields.Folding)]
    public static async Task<CredentialAtNode?> GetCredentialAtAsync([Id("Credential")] Id<Credential> id, MomentInput at,
        [Caller] Caller caller, CredentialAtHandler credentials, CancellationToken cancel) =>
        (await credentials.HandleAsync(caller, id, at.Moment, cancel)).OrNull() is { } past ? new(past) : null;

    /// <summary>Two runs side by side, of whatever projects; null if the caller may not see both.</summary>
    [Cost(RunFields.Folding)]
    public static async Task<RunComparisonNode?> GetCompareRunsAsync([Id("Run")] Id<Run> left, [Id("Run")] Id<Run> right,
        [Caller] Caller caller, CompareRunsHandler runs, CancellationToken cancel) =>
        (await runs.HandleAsync(caller, left, right, cancel)).OrNull() is { } compared ? new(compared) : null;
}

/// <summary>Two runs side by side.</summary>
/// <param name="compared">Both.</param>
[ObjectType("RunComparison")]
public sealed class RunComparisonNode(ComparedRuns compared)
{
    internal ComparedRuns Compared => compared;

    /// <summary>The one.</summary>
    public RunNode Left => RunNode.Of(compared.Left);

    /// <summary>The other.</summary>
    public RunNode Right => RunNode.Of(compared.Right);
}

/// <summary>How two runs differ.</summary>
[ObjectType<RunComparisonNode>]
public static class RunComparisonFields
{
    /// <summary>What differs, of what was asked for, what they were made of, how long they took and what came of it.</summary>
    public static IReadOnlyList<DifferenceNode> GetDifferences([Parent] RunComparisonNode runs, bool all = false) =>
        [.. runs.Compared.Rows(all).Select(row => new DifferenceNode(row))];
}
