using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>Changes what is known about a machine. Another host, port or jump host asks for its host key to be confirmed anew.</summary>
public sealed record ChangeMachine(Id<Machine> Id, MachineSettings Settings)
{
    /// <summary>Decides on the events, or says what is wrong.</summary>
    public static Result<IReadOnlyList<object>> Decide(Machine state, ChangeMachine command)
    {
        if (state.Retired) return new Problem("RETIRED", "This machine was retired; it can be looked at, not changed.");
        var problems = SettingsRules.Check(command.Settings);
        if (problems.Count > 0) return Result.Refused<IReadOnlyList<object>>(problems);
        return new object[] { new MachineSettingsChanged(command.Id, command.Settings) };
    }
}

/// <summary>Handles <see cref="ChangeMachine"/>: keepers of machines may.</summary>
public sealed class ChangeMachineHandler(Ledger ledger, Access access, IDocuments documents, IMachineLeases leases)
{
    /// <summary>Changes it. Where it takes attended runs alone from now on, keys that lie in the database for others are
    /// deleted.</summary>
    public async Task<Result<Machine>> HandleAsync(Caller caller, ChangeMachine command, CancellationToken cancel)
    {
        var found = await MachineAccess.FindAsync(documents, access, caller, command.Id, Operation.ChangeMachine, cancel);
        if (!found.Ok) return Result.Refused<Machine>(found.Problems);
        if (await MachineNames.TakenAsync(documents, found.Value.Project, command.Settings.Name, command.Id, cancel) is { } taken) return taken;
        var changed = await ledger.ChangeAsync<Machine>(caller, command.Id.Value, state => ChangeMachine.Decide(state, command),
            cancel);
        // Asked for again by who was interrupted, it is done again.
        if (changed.Ok && command.Settings.AttendedOnly) await leases.EndUnattendedAsync(caller, command.Id, cancel);
        return changed;
    }
}
