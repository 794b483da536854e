using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Workflows;
using Portal.Domain.Workflows.Description;

namespace Portal.Domain.Runs;

/// <summary>Asks for a run.</summary>
/// <param name="Id">Chosen by the client: the same form sent twice is one run.</param>
/// <param name="Machine">Where to run.</param>
/// <param name="Name">What to call it; null takes the workflow's title.</param>
/// <param name="Workflow">The workflow to run; null when <paramref name="Description"/> is given.</param>
/// <param name="WorkflowVersion">Its version; null takes the newest.</param>
/// <param name="Description">A description to run as it stands.</param>
/// <param name="Parameters">Values by name; those left out take their defaults.</param>
/// <param name="SecurityToken">Unseals the private key; used at once and kept nowhere.</param>
/// <param name="LeaseFor">How long the run may use the credential; null takes the steps' times and a margin.</param>
/// <param name="Attended">Whether the key shall be in memory alone, so that there is nothing to steal: after a restart the run waits
/// until the token is given again.</param>
/// <param name="Project">Where it shall belong: the machine's own project, or one that it is shared with; null for its own, or
/// where the caller may submit in one that it is shared with alone, that one.</param>
public sealed record SubmitRun(
    Id<Run> Id, Id<Machine> Machine, string? Name, Id<Workflow>? Workflow, int? WorkflowVersion, string? Description,
    IReadOnlyDictionary<string, string> Parameters, string SecurityToken, TimeSpan? LeaseFor = null,
    bool Attended = false, Id<Project>? Project = null)
{
    /// <summary>The longest that a lease may last.</summary>
    public static readonly TimeSpan LongestLease = TimeSpan.FromDays(30);

    /// <summary>Waiting in queues takes as long as it takes: this is added to what the steps may run.</summary>
    public static readonly TimeSpan LeaseMargin = TimeSpan.FromDays(3);

    /// <summary>Decides on the events.</summary>
    /// <param name="state">The run so far; nothing, usually.</param>
    /// <param name="submitted">The request, checked and resolved.</param>
    /// <param name="lease">The lease that was granted with it.</param>
    /// <param name="approval">The second look that its project wants, where it wants one.</param>
    public static Result<IReadOnlyList<object>> Decide(
        Run state, RunSubmitted submitted, LeaseGranted lease, ApprovalDemanded? approval = null) =>
        state.Submitted is { } earlier
            ? earlier.SubmittedBy == submitted.SubmittedBy && earlier.ProjectId == submitted.ProjectId
                ? Result.Of<IReadOnlyList<object>>([])
                : Problem.Conflict("run")
            : approval is null ? new object[] { submitted, lease } : new object[] { submitted, lease, approval };

    /// <summary>When the lease of a plan ends.</summary>
    public static DateTimeOffset LeaseEnd(RunPlan plan, TimeSpan? asked, DateTimeOffset now)
    {
        var wall = plan.Steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + (step.Resources.TimeLimit ?? TimeSpan.FromDays(1)));
        var length = asked ?? wall + LeaseMargin;
        return now + (length > LongestLease ? LongestLease : length);
    }

    /// <summary>Why a machine takes no run now; null when it does.</summary>
    internal static Problem? NotReady(MachineView machine) => machine.State switch
    {
        MachineState.Ready => null,
        MachineState.HostKeyUnconfirmed => new("HOST_KEY_UNCONFIRMED", $"Nobody has confirmed the host key of {machine.Settings.Name} yet.",
            "machine", Advice: "Open the machine's page, compare the fingerprint with what its operators publish, and confirm it."),
        MachineState.HostKeyChanged => new("HOST_KEY_CHANGED", $"{machine.Settings.Name} showed a host key that nobody confirmed; nothing is sent to it.",
            "machine", Advice: "Ask its operators whether the key was changed, then confirm the new one on the machine's page."),
        _ => new("RETIRED", $"{machine.Settings.Name} takes no more runs.", "machine", Advice: "Choose another machine."),
    };

    /// <summary>The request of a retold run, without its secret.</summary>
    internal static RunSubmitted Request(SubmitRun command, Id<Project> project, MachineView machine, CredentialView credential,
        Id<User> user,
        WorkflowDescription description, string text, Id<Workflow>? workflow, int? version, string name,
        IReadOnlyDictionary<string, string> parameters, RunPlan plan) => new(
            command.Id, project, machine.Id, machine.Settings.Name, credential.Id, user, name, description.Name, workflow,
                version,
            text, parameters, plan, $"{machine.Settings.WorkFolder.TrimEnd('/')}/runs/{command.Id}");
}
