using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Retention;
using Portal.Domain.Workflows;

namespace Portal.Tests.Fixtures.Replays;

/// <summary>Machines, keys, endpoints, workflows and holds: a stream each, and a row each.</summary>
internal static class FoldedPlaces
{
    public static async Task CompareAsync(FoldedStreams streams)
    {
        await streams.EachAsync<Machine, MachineView>(row => row.Id.Value, thing => thing.Has<MachineRegistered>(), Shown);
        await streams.EachAsync<Credential, CredentialView>(row => row.Id.Value, thing => thing.Has<CredentialCreated>(), Shown);
        await streams.EachAsync<Endpoint, EndpointView>(
            row => row.Id.Value, thing => thing.Has<EndpointRegistered>() && !thing.State.Removed, Shown);
        await streams.EachAsync<Workflow, WorkflowView>(row => row.Id.Value, thing => thing.Has<WorkflowAdded>(), Shown);
        await streams.EachAsync<RetentionHold, RetentionHoldView>(
            row => row.Id.Value, thing => thing.Has<RetentionHoldPlaced>(), Shown);
    }

    private static MachineView Shown(MachineView row, Folded<Machine> thing) => row with
    {
        Id = thing.State.Id, Project = thing.State.Project, Settings = thing.State.Settings, HostKeys = thing.State.HostKeys,
        JumpHostKeys = thing.State.JumpHostKeys, HostKeyMismatch = thing.State.HostKeyMismatch,
        HostKeyMismatchAt = thing.State.HostKeyMismatchAt, Shares = thing.State.Shares, State = StateOf(thing.State),
        RegisteredAt = thing.First<MachineRegistered>(), LastCheck = thing.Facts<MachineChecked>().LastOrDefault()?.Steps,
    };

    private static MachineState StateOf(Machine machine) => machine switch
    {
        { Retired: true } => MachineState.Retired,
        { Confirmed: false } => MachineState.HostKeyUnconfirmed,
        { HostKeyMismatch: not null } => MachineState.HostKeyChanged,
        _ => MachineState.Ready,
    };

    private static CredentialView Shown(CredentialView row, Folded<Credential> thing) => row with
    {
        Id = thing.State.Id, Project = thing.State.Project, Machine = thing.State.Machine, Owner = thing.State.Owner,
        PublicKey = thing.State.PublicKey, Fingerprint = thing.State.Fingerprint, Ended = thing.State.Ended,
        CreatedAt = thing.First<CredentialCreated>(), TestedOk = thing.Facts<CredentialTested>().LastOrDefault()?.Ok,
    };

    private static EndpointView Shown(EndpointView row, Folded<Endpoint> thing) => row with
    {
        Id = thing.State.Id, Project = thing.State.Project, Name = thing.State.Name, Url = thing.State.Url,
        UserName = thing.State.UserName, HostKey = thing.State.HostKey, RegisteredAt = thing.First<EndpointRegistered>(),
    };

    private static WorkflowView Shown(WorkflowView row, Folded<Workflow> thing)
    {
        var (last, added) = (thing.State.Versions[^1], thing.Facts<WorkflowVersionAdded>().Last());
        return row with
        {
            Id = thing.State.Id, Project = thing.State.Project, Name = thing.State.Name, Version = last.Number, Text = last.Text,
            ChangedAt = last.AddedAt, Title = added.Title, Summary = added.Summary,
        };
    }

    private static RetentionHoldView Shown(RetentionHoldView row, Folded<RetentionHold> thing) => row with
    {
        Id = thing.State.Id, PlacedAt = thing.First<RetentionHoldPlaced>(),
        LiftedAt = thing.State.Lifted ? thing.First<RetentionHoldLifted>() : null,
        LiftedBy = thing.Facts<RetentionHoldLifted>().LastOrDefault()?.LiftedBy,
    };
}
