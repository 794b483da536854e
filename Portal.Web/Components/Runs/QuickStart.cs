using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Domain.Workflows;

namespace Portal.Web.Components.Runs;

/// <summary>How far somebody has come on the way to a first run.</summary>
/// <param name="Machine">The machine that has come furthest; null when there is none.</param>
/// <param name="HostKey">Whether its host key is confirmed.</param>
/// <param name="Key">Whether the person has a key there.</param>
/// <param name="Tested">Whether the connection was tested and worked.</param>
/// <param name="Workflow">Whether the project has a workflow.</param>
/// <param name="Ran">Whether anything was ever run.</param>
public sealed record StartState(MachineView? Machine, bool HostKey, bool Key, bool Tested, bool Workflow, bool Ran)
{
    /// <summary>Whether nothing is left to do.</summary>
    public bool Complete => HostKey && Key && Ran;

    /// <summary>How many of the five steps are done.</summary>
    public int Done => new[] { Machine is not null, HostKey, Key, Tested, Ran }.Count(done => done);
}

/// <summary>Finds out what is missing before a first run, so that empty pages can say what comes next.</summary>
public sealed class QuickStart(
    ListMachinesHandler machines, ShowCredentialHandler credentials, ListWorkflowsHandler workflows, ListRunsHandler runs)
{
    /// <summary>Looks at the caller's machines, of which there may be many: the first twenty tell enough.</summary>
    public async Task<StartState> LookAsync(Caller caller, Id<Project> project, CancellationToken cancel)
    {
        var known = await machines.HandleAsync(caller, project, new([], "registered_at", Descending: true, Limit: 20), cancel);
        var best = new StartState(null, false, false, false, false, false);
        foreach (var machine in (known.Value?.Items ?? []).Where(machine => machine.State != MachineState.Retired))
        {
            var key = await credentials.HandleAsync(caller, machine.Id, cancel);
            var confirmed = machine.State != MachineState.HostKeyUnconfirmed;
            var state = new StartState(machine, confirmed, key.Value is not null, key.Value?.TestedOk == true, false, false);
            if (state.Done > best.Done) best = state;
        }
        var stored = await workflows.HandleAsync(caller, project, new([], Limit: 1), cancel);
        var ran = await runs.HandleAsync(caller, project, new([], Limit: 1), cancel);
        return best with { Workflow = stored.Value?.Items.Count > 0, Ran = ran.Value?.Items.Count > 0 };
    }
}
