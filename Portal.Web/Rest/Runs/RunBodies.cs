using System.ComponentModel;
using System.Text.Json;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Domain.Workflows;

namespace Portal.Web.Rest.Runs;

/// <summary>Asks for a run.</summary>
public sealed record RunInput(
    [property: Description("Id of the machine.")] Id<Machine> Machine,
    [property: Description("Opens your key on it; used at once and kept nowhere.")] string SecurityToken,
    [property: Description("Id of the workflow; left out when `description` is given.")] Id<Workflow>? Workflow = null,
    [property: Description("Its version; the newest when left out.")] int? Version = null,
    [property: Description("A description (YAML) to run as it stands.")] string? Description = null,
    [property: Description("What to call it; the workflow's title when left out.")] string? Name = null,
    [property: Description("Values by name: text, numbers, true, false; null and what is left out take the default.")]
    IReadOnlyDictionary<string, JsonElement>? Parameters = null,
    [property: Description("How long the run may use your key: seconds, or an ISO 8601 duration such as P3D.")] JsonElement? LeaseFor = null,
    [property: Description("Whether your key shall be in the portal's memory alone; after a restart the run waits for your token.")]
    bool? Attended = null,
    [property: Description("Its id, if you want to choose it: the same id sent twice is one run.")] Id<Run>? Id = null,
    [property: Description("Where it shall belong: the machine's own project, or one that it is shared with. "
        + "Left out, its own, or where you may submit in one that it is shared with alone, that one.")]
    Id<Project>? Project = null);

/// <summary>A run as lists show it.</summary>
public sealed record RunSummary(
    Id<Run> Id, Id<Project> Project, string Name, string WorkflowName, int? WorkflowVersion, Id<Machine> Machine, string MachineName,
    Id<User> SubmittedBy, Phase Phase, Hold Hold,
    [property: Description("Why it failed, or what holds it.")] Failure? Failure,
    [property: Description("Steps that ended well.")] int StepsDone,
    [property: Description("Number of steps.")] int Steps,
    [property: Description("How the present step's tasks stand.")] TaskCounts? Tasks, string? JobId,
    DateTimeOffset SubmittedAt, DateTimeOffset PhaseSince, DateTimeOffset? EndedAt)
{
    /// <summary>The run as it is shown.</summary>
    public static RunSummary Of(RunView view) => new(view.Id, view.Project, view.Name, view.WorkflowName, view.WorkflowVersion, view.Machine,
        view.MachineName, view.SubmittedBy, view.Phase, view.Hold, view.Failure, view.StepsDone, view.Steps, view.Tasks, view.JobId,
        view.SubmittedAt, view.PhaseSince, view.EndedAt);
}

/// <summary>Under what right a run uses its key.</summary>
public sealed record LeaseBody(DateTimeOffset Since, DateTimeOffset Until, string? Ended, DateTimeOffset? EndedAt, bool Attended)
{
    internal Id<Run> Run { get; init; }

    internal static LeaseBody? Of(Run run) => run.Lease is { } lease
        ? new(lease.Since, lease.Until, lease.Ended, lease.EndedAt, lease.Attended) { Run = run.Request.RunId } : null;
}

/// <summary>A result: where it lies on the machine, where it goes, and once it arrived its size and SHA-256.</summary>
public sealed record OutputBody(int Index, string From, string To, bool Optional, bool? Found, long? Size, string? Sha256);

/// <summary>Everything known of a run.</summary>
public sealed record RunBody(
    Id<Run> Id, [property: Description("Number of events this was folded from.")] long Version, Id<Project> Project, string Name, string WorkflowName, Id<Workflow>? Workflow, int? WorkflowVersion,
    Id<Machine> Machine, string MachineName, Id<User> SubmittedBy, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt, Phase Phase,
    IReadOnlyList<PhaseMark> Phases, Hold Hold,
    [property: Description("What holds it.")] Failure? HeldBy,
    [property: Description("What is tried again, and when.")] Postponed? Postponed, bool Cancelling, Failure? Failure, LeaseBody? Lease,
    IReadOnlyDictionary<string, string> Parameters, string Folder, CodeState? Code, IReadOnlyList<StepState> Steps,
    IReadOnlyList<TransferState> Transfers, IReadOnlyList<OutputBody> Outputs)
{
    /// <summary>The run as it is shown.</summary>
    public static RunBody Of(Run run, long version)
    {
        var request = run.Request;
        return new(request.RunId, version, request.ProjectId, request.Name, request.WorkflowName, request.WorkflowId, request.WorkflowVersion,
            request.MachineId, request.MachineName, request.SubmittedBy, run.SubmittedAt, run.EndedAt, run.Phase, run.Phases, run.Hold, run.HeldBy,
            run.Postponed, run.Cancelling, run.Failure, LeaseBody.Of(run), request.Parameters,
            request.Folder, run.Code, run.Steps, [.. run.Transfers.Values.OrderBy(transfer => transfer.StartedAt)], OutputsOf(run));
    }

    private static OutputBody[] OutputsOf(Run run) => [.. run.Request.Plan.Outputs.Select((output, index) =>
    {
        var transfer = run.Transfers.GetValueOrDefault(NextAct.TransferKey("output", index));
        var found = run.Outputs?.FirstOrDefault(candidate => candidate.Path == output.From);
        return new OutputBody(index, output.From, output.To.ToString(), output.Optional, found is null ? null : found.Size is not null,
            transfer is { Done: true } ? transfer.Bytes : found?.Size, transfer?.Sha256);
    })];
}
