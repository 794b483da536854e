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
        await streams.EachAsync<Machine, MachineView>(row => row.Id.Value, thing => thing.Has<MachineRegistered>(), (row, thing) => row with
        {
            Id = thing.State.Id, Project = thing.State.Project, Settings = thing.State.Settings, HostKeys = thing.State.HostKeys,
            JumpHostKeys = thing.State.JumpHostKeys, HostKeyMismatch = thing.State.HostKeyMismatch,
            HostKeyMismatchAt = thing.State.HostKeyMismatchAt, Shares = thing.State.Shares, State = StateOf(thing.State),
            RegisteredAt = thing.First<MachineRegistered>(), LastCheck = thing.Facts<MachineChecked>().LastOrDefault()?.Steps,
        });
        await streams.EachAsync<Credential, CredentialView>(row => row.Id.Value, thing => thing.Has<CredentialCreated>(), (row, thing) => row with
        {
            Id = thing.State.Id, Project = thing.State.Project, Machine = thing.State.Machine, Owner = thing.State.Owner,
            PublicKey = thing.State.PublicKey, Fingerprint = thing.State.Fingerprint, Ended = thing.State.Ended,
            CreatedAt = thing.First<CredentialCreated>(), TestedOk = thing.Facts<CredentialTested>().LastOrDefault()?.Ok,
        });
        await streams.EachAsync<Endpoint, EndpointView>(row => row.Id.Value, thing => thing.Has<EndpointRegistered>() && !thing.State.Removed,
            (row, thing) => row with
            {
                Id = thing.State.Id, Project = thing.State.Project, Name = thing.State.Name, Url = thing.State.Url,
                UserName = thing.State.UserName, HostKey = thing.State.HostKey, RegisteredAt = thing.First<EndpointRegistered>(),
            });
        await streams.EachAsync<Workflow, WorkflowView>(row => row.Id.Value, thing => thing.Has<WorkflowAdded>(), (row, thing) => row with
        {
            Id = thing.State.Id, Project = thing.State.Project, Name = thing.State.Name, Version = thing.State.Versions[^1].Number,
            Text = thing.State.Versions[^1].Text, ChangedAt = thing.State.Versions[^1].AddedAt,
            Title = thing.Facts<WorkflowVersionAdded>().Last().Title, Summary = thing.Facts<WorkflowVersionAdded>().Last().Summary,
        });
        await streams.EachAsync<RetentionHold, RetentionHoldView>(row => row.Id.Value, thing => thing.Has<RetentionHoldPlaced>(), (row, thing) => row with
        {
            Id = thing.State.Id, PlacedAt = thing.First<RetentionHoldPlaced>(),
            LiftedAt = thing.State.Lifted ? thing.First<RetentionHoldLifted>() : null,
            LiftedBy = thing.Facts<RetentionHoldLifted>().LastOrDefault()?.LiftedBy,
        });
    }

    private static MachineState StateOf(Machine machine) => machine switch
    {
        { Retired: true } => MachineState.Retired,
        { Confirmed: false } => MachineState.HostKeyUnconfirmed,
        { HostKeyMismatch: not null } => MachineState.HostKeyChanged,
        _ => MachineState.Ready,
    };
}
