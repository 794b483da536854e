using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Machines;
using Portal.Web.GraphQL.Projects;
using Portal.Web.GraphQL.Retention;
using Portal.Web.GraphQL.Workflows;
using Portal.Web.Rest.Runs;

namespace Portal.Web.GraphQL.Runs;

/// <summary>A value that a run was given.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Value">Its value, as text.</param>
public sealed record RunParameter(string Name, string Value);

/// <summary>What belongs to a run. What lists do not hold is folded from its events, and counts for more.</summary>
[ObjectType<RunNode>]
public static class RunFields
{
    internal const double Folding = 3;

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
    public static async Task<IReadOnlyList<PhaseMark>?> GetPhasesAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        (await BodyAsync(run, runs))?.Phases;

    /// <summary>Its steps, in order.</summary>
    [Cost(Folding)]
    public static async Task<IReadOnlyList<StepNode>?> GetStepsAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        await LoadedAsync(run, runs) is { State: var state }
            ? [.. state.Request.Plan.Steps.Zip(state.Steps, (plan, step) => new StepNode(run.Id, plan, step))]
            : null;

    /// <summary>Its files on their way, in the order in which they were begun.</summary>
    [Cost(Folding)]
    public static async Task<IReadOnlyList<TransferState>?> GetTransfersAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        (await BodyAsync(run, runs))?.Transfers;

    /// <summary>Its results.</summary>
    [Cost(Folding)]
    public static async Task<IReadOnlyList<OutputNode>?> GetOutputsAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        (await BodyAsync(run, runs))?.Outputs.Select(output => new OutputNode(run.Id, output)).ToList();

    /// <summary>The values that it was given, defaults included.</summary>
    [Cost(Folding)]
    public static async Task<IReadOnlyList<RunParameter>?> GetParametersAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        (await BodyAsync(run, runs))?.Parameters.Select(pair => new RunParameter(pair.Key, pair.Value)).ToList();

    /// <summary>Under what right it uses its key.</summary>
    [Cost(Folding)]
    public static async Task<LeaseBody?> GetLeaseAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        (await BodyAsync(run, runs))?.Lease;

    /// <summary>Its code.</summary>
    [Cost(Folding)]
    public static async Task<CodeState?> GetCodeAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        (await BodyAsync(run, runs))?.Code;

    /// <summary>What is tried again, and when.</summary>
    [Cost(Folding)]
    public static async Task<Postponed?> GetPostponedAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        (await BodyAsync(run, runs))?.Postponed;

    /// <summary>Whether a person wants it to end.</summary>
    [Cost(Folding)]
    public static async Task<bool?> GetCancellingAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        (await BodyAsync(run, runs))?.Cancelling;

    /// <summary>What a retry would do; null if it cannot be retried, since it is not over or succeeded.</summary>
    [Cost(Folding)]
    public static async Task<RetryPlan?> GetRetryPlanAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        await LoadedAsync(run, runs) is { } loaded ? RetryPlan.Of(loaded.State).Value : null;

    /// <summary>Its folder on the machine.</summary>
    [Cost(Folding)]
    public static async Task<string?> GetFolderAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        (await BodyAsync(run, runs))?.Folder;

    /// <summary>How many events it has.</summary>
    [Cost(Folding)]
    public static async Task<long?> GetVersionAsync([Parent] RunNode run, RunHistoryLoader runs) =>
        (await BodyAsync(run, runs))?.Version;

    /// <summary>Where its events are that were archived; null while they are here. What is folded from them is null then.</summary>
    public static async Task<ArchivePlaceNode?> GetArchiveAsync([Parent] RunNode run, ArchiveLoader archives) =>
        run.Loaded is null ? ArchivePlaceNode.Of(await archives.LoadAsync(Ledger.StreamOf<Run>(run.Id.Value))) : null;

    private static async ValueTask<RunBody?> BodyAsync(RunNode run, RunHistoryLoader runs) =>
        await LoadedAsync(run, runs) is { } loaded ? RunBody.Of(loaded.State, loaded.Version) : null;

    private static async ValueTask<Loaded<Run>?> LoadedAsync(RunNode run, RunHistoryLoader runs) =>
        run.Loaded ?? (await runs.LoadAsync(run.Id))?.Run;
}

/// <summary>What a file on its way is called.</summary>
[ObjectType<TransferState>("Transfer")]
public static class TransferFields;

/// <summary>What a run's code is called.</summary>
[ObjectType<CodeState>("Code")]
public static class CodeFields;
