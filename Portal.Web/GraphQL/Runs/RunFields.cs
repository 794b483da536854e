using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Machines;
using Portal.Web.GraphQL.Projects;
using Portal.Web.GraphQL.Workflows;
using Portal.Web.Rest.Runs;

namespace Portal.Web.GraphQL.Runs;

/// <summary>A value that a run was given.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Value">Its value, as text.</param>
public sealed record RunParameter(string Name, string Value);

/// <summary>Folds runs from their events, each with a question of its own.</summary>
/// <param name="runs">Shows them.</param>
public sealed class RunBodyLoader(ShowRunHandler runs) : DataLoader<Id<Run>, RunBody>
{
    /// <inheritdoc/>
    protected override async Task FetchAsync(Batch<Id<Run>, RunBody> batch, CancellationToken cancel)
    {
        foreach (var id in batch.Keys)
            if ((await runs.HandleAsync((Caller)Caller!, id, null, cancel)).OrNull() is { } run)
                batch.Set(id, RunBody.Of(run.State, run.Version));
    }
}

/// <summary>What belongs to a run. What lists do not hold is folded from its events, and counts for more.</summary>
[ObjectType<RunNode>]
public static class RunFields
{
    private const double Folding = 3;

    /// <summary>Where it belongs.</summary>
    public static Task<ProjectNode?> GetProjectAsync([Parent] RunNode run, ProjectLoader projects) =>
        projects.LoadAsync(run.View.Project);

    /// <summary>Where it runs.</summary>
    public static Task<MachineNode?> GetMachineAsync([Parent] RunNode run, MachineLoader machines) =>
        machines.LoadAsync((run.View.Project, run.View.Machine));

    /// <summary>What it runs; null if a description was sent along.</summary>
    public static async Task<WorkflowNode?> GetWorkflowAsync([Parent] RunNode run, WorkflowLoader workflows) =>
        run.WorkflowVersion is null ? null : await workflows.LoadAsync((run.View.Project, run.WorkflowName));

    /// <summary>Who asked for it.</summary>
    public static Task<Person?> GetSubmittedByAsync([Parent] RunNode run, PersonLoader people) =>
        people.LoadAsync(run.View.SubmittedBy);

    /// <summary>Every phase that it entered, in order.</summary>
    [Cost(Folding)]
    public static async Task<IReadOnlyList<PhaseMark>?> GetPhasesAsync([Parent] RunNode run, RunBodyLoader runs) =>
        (await BodyAsync(run, runs))?.Phases;

    /// <summary>Its steps, in order.</summary>
    [Cost(Folding)]
    public static async Task<IReadOnlyList<StepState>?> GetStepsAsync([Parent] RunNode run, RunBodyLoader runs) =>
        (await BodyAsync(run, runs))?.Steps;

    /// <summary>Its files on their way, in the order in which they were begun.</summary>
    [Cost(Folding)]
    public static async Task<IReadOnlyList<TransferState>?> GetTransfersAsync([Parent] RunNode run, RunBodyLoader runs) =>
        (await BodyAsync(run, runs))?.Transfers;

    /// <summary>Its results.</summary>
    [Cost(Folding)]
    public static async Task<IReadOnlyList<OutputBody>?> GetOutputsAsync([Parent] RunNode run, RunBodyLoader runs) =>
        (await BodyAsync(run, runs))?.Outputs;

    /// <summary>The values that it was given, defaults included.</summary>
    [Cost(Folding)]
    public static async Task<IReadOnlyList<RunParameter>?> GetParametersAsync([Parent] RunNode run, RunBodyLoader runs) =>
        (await BodyAsync(run, runs))?.Parameters.Select(pair => new RunParameter(pair.Key, pair.Value)).ToList();

    /// <summary>Under what right it uses its key.</summary>
    [Cost(Folding)]
    public static async Task<LeaseBody?> GetLeaseAsync([Parent] RunNode run, RunBodyLoader runs) =>
        (await BodyAsync(run, runs))?.Lease;

    /// <summary>Its code.</summary>
    [Cost(Folding)]
    public static async Task<CodeState?> GetCodeAsync([Parent] RunNode run, RunBodyLoader runs) =>
        (await BodyAsync(run, runs))?.Code;

    /// <summary>What is tried again, and when.</summary>
    [Cost(Folding)]
    public static async Task<Postponed?> GetPostponedAsync([Parent] RunNode run, RunBodyLoader runs) =>
        (await BodyAsync(run, runs))?.Postponed;

    /// <summary>Whether a person wants it to end.</summary>
    [Cost(Folding)]
    public static async Task<bool?> GetCancellingAsync([Parent] RunNode run, RunBodyLoader runs) =>
        (await BodyAsync(run, runs))?.Cancelling;

    /// <summary>Its folder on the machine.</summary>
    [Cost(Folding)]
    public static async Task<string?> GetFolderAsync([Parent] RunNode run, RunBodyLoader runs) =>
        (await BodyAsync(run, runs))?.Folder;

    /// <summary>How many events it has.</summary>
    [Cost(Folding)]
    public static async Task<long?> GetVersionAsync([Parent] RunNode run, RunBodyLoader runs) =>
        (await BodyAsync(run, runs))?.Version;

    private static async ValueTask<RunBody?> BodyAsync(RunNode run, RunBodyLoader runs) =>
        run.Body ?? await runs.LoadAsync(run.Id);
}

/// <summary>What a step is called.</summary>
[ObjectType<StepState>("Step")]
public static class StepFields;

/// <summary>What a file on its way is called.</summary>
[ObjectType<TransferState>("Transfer")]
public static class TransferFields;

/// <summary>What a result is called.</summary>
[ObjectType<OutputBody>("Output")]
public static class OutputFields;

/// <summary>What a lease is called.</summary>
[ObjectType<LeaseBody>("Lease")]
public static class LeaseFields;

/// <summary>What a run's code is called.</summary>
[ObjectType<CodeState>("Code")]
public static class CodeFields;
