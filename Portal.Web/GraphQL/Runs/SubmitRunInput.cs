using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Domain.Workflows;
using Portal.GraphQL.CodeFirst;

namespace Portal.Web.GraphQL.Runs;

/// <summary>Asks for a run.</summary>
/// <param name="Machine">Where to run.</param>
/// <param name="SecurityToken">Opens the caller's key on it; used at once and kept nowhere. Taken from a variable alone.</param>
/// <param name="Workflow">The workflow; left out when a description is given.</param>
/// <param name="Version">Its version; the newest when left out.</param>
/// <param name="Description">A description (YAML) to run as it stands.</param>
/// <param name="Name">What to call it; the workflow's title when left out.</param>
/// <param name="Parameters">Values by name; what is left out takes its default.</param>
/// <param name="LeaseFor">How long the run may use the key; as long as its steps may take, and a margin, when left out.</param>
/// <param name="Attended">Whether the key shall be in memory alone; after a restart the run waits for the token.</param>
/// <param name="Project">Where it shall belong: the machine's own project, or one that it is shared with. Left out, its own, or
/// where the caller may submit in one that it is shared with alone, that one.</param>
/// <param name="ClientMutationKey">A repeat with the same key is the same run.</param>
public sealed record SubmitRunInput([Id("Machine")] Id<Machine> Machine, [Secret] string SecurityToken,
    [Id("Workflow")] Id<Workflow>? Workflow = null, int? Version = null, string? Description = null, string? Name = null,
    IReadOnlyList<RunParameter>? Parameters = null, TimeSpan? LeaseFor = null, bool Attended = false,
    [Id("Project")] Id<Project>? Project = null, Guid? ClientMutationKey = null)
{
    // What the handler takes; a name that is given twice, or a workflow beside a description, is refused.
    internal Result<SubmitRun> Command(Id<Run> id)
    {
        if (Workflow is not null && Description is not null)
            return Problem.Invalid("description", "Either a workflow or a description, not both.");
        var values = new Dictionary<string, string>();
        foreach (var (name, value) in Parameters ?? [])
            if (!values.TryAdd(name, value)) return Problem.Invalid($"parameters.{name}", "This parameter is given twice.");
        return new SubmitRun(id, Machine, Name, Workflow, Version, Description, values, SecurityToken, LeaseFor, Attended,
            Project);
    }
}

/// <summary>Names a run.</summary>
/// <param name="Id">The run.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record ChangeRunInput([Id("Run")] Id<Run> Id, Guid? ClientMutationKey = null);

/// <summary>Lends a run the caller's key anew.</summary>
/// <param name="Id">The run.</param>
/// <param name="SecurityToken">Opens the key; used at once and kept nowhere. Taken from a variable alone.</param>
/// <param name="LeaseFor">How long the run may use it; as long as its steps may take, and a margin, when left out.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record GiveTokenInput(
    [Id("Run")] Id<Run> Id, [Secret] string SecurityToken, TimeSpan? LeaseFor = null, Guid? ClientMutationKey = null);

/// <summary>Takes a run that failed or was cancelled up again.</summary>
/// <param name="Id">The run.</param>
/// <param name="SecurityToken">Opens the caller's key; used at once and kept nowhere. Taken from a variable alone.</param>
/// <param name="LeaseFor">How long the run may use it; as long as its steps may take, and a margin, when left out.</param>
/// <param name="Attended">Whether the key shall be in memory alone; as it was before when left out.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record RetryRunInput([Id("Run")] Id<Run> Id, [Secret] string SecurityToken, TimeSpan? LeaseFor = null,
    bool? Attended = null, Guid? ClientMutationKey = null);
