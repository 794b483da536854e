using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Runs.New;

/// <summary>A machine as a place for a new run.</summary>
/// <param name="View">The machine.</param>
/// <param name="Key">The caller's key there; null when there is none.</param>
public sealed record MachineOffer(MachineView View, CredentialView? Key)
{
    /// <summary>Whether a run can be submitted to it now.</summary>
    public bool Ready => View.State == MachineState.Ready && Key is not null;

    /// <summary>Name of its state; see <see cref="States"/>.</summary>
    public string State => View.State != MachineState.Ready ? View.State.ToString() : Key is null ? "KeyNeeded" : "Ready";

    /// <summary>What it needs, as a link says it; null when it is ready.</summary>
    public string? Need => View.State switch
    {
        MachineState.HostKeyUnconfirmed => "Confirm its host key",
        MachineState.HostKeyChanged => "Look at its host key",
        MachineState.Ready when Key is null => "Make a key",
        _ => null,
    };

    /// <summary>Those of a project that were not retired, ready ones first.</summary>
    public static async Task<IReadOnlyList<MachineOffer>> AllAsync(
        Caller caller, Id<Project> project, ListMachinesHandler machines, ShowCredentialHandler credentials,
        CancellationToken cancel)
    {
        var found = await machines.HandleAsync(caller, project, new([], "name", Limit: 100), cancel);
        var offers = new List<MachineOffer>();
        foreach (var machine in (found.Value?.Items ?? []).Where(machine => machine.State != MachineState.Retired))
            offers.Add(new(machine, (await credentials.HandleAsync(caller, machine.Id, cancel)).Value));
        return [.. offers.OrderByDescending(offer => offer.Ready)];
    }
}
