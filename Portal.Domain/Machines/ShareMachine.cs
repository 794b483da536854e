using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>Another project that may send runs to a machine; each of its members with a key of their own.</summary>
/// <param name="Project">The project.</param>
/// <param name="Name">What it was called when the machine was shared.</param>
/// <param name="From">What the machine's own project was called then.</param>
/// <param name="Since">When that was.</param>
public sealed record MachineShare(Id<Project> Project, string Name, string From, DateTimeOffset Since);

/// <summary>Shares a machine with another project.</summary>
/// <param name="Id">The machine.</param>
/// <param name="With">The other project.</param>
public sealed record ShareMachine(Id<Machine> Id, Id<Project> With)
{
    /// <summary>Most projects that a machine is shared with.</summary>
    public const int Most = 100;

    /// <summary>Decides on the events; one that is shared with it already changes nothing.</summary>
    /// <param name="state">The machine.</param>
    /// <param name="command">What is asked for.</param>
    /// <param name="withName">What the other project is called.</param>
    /// <param name="fromName">What the machine's own project is called.</param>
    public static Result<IReadOnlyList<object>> Decide(Machine state, ShareMachine command, string withName, string fromName)
    {
        if (state.Retired) return new Problem("RETIRED", "This machine was retired; it takes no more runs.");
        if (command.With == state.Project) return Problem.Invalid("project", "The machine belongs to this project.",
            "Choose another one.");
        if (state.Shares.Any(share => share.Project == command.With)) return Result.Of<IReadOnlyList<object>>([]);
        return state.Shares.Count >= Most
            ? Problem.Invalid("project", $"A machine is shared with at most {Most} projects.")
            : new object[] { new MachineShared(command.Id, command.With, withName, fromName) };
    }
}

/// <summary>Ends the sharing of a machine with a project.</summary>
/// <param name="Id">The machine.</param>
/// <param name="With">The other project.</param>
public sealed record UnshareMachine(Id<Machine> Id, Id<Project> With)
{
    /// <summary>Decides on the events; one that is not shared with it changes nothing.</summary>
    public static Result<IReadOnlyList<object>> Decide(Machine state, UnshareMachine command) =>
        state.Shares.Any(share => share.Project == command.With)
            ? new object[] { new MachineUnshared(command.Id, command.With) }
            : Result.Of<IReadOnlyList<object>>([]);
}

/// <summary>Handles <see cref="ShareMachine"/>: who keeps machines in both projects.</summary>
public sealed class ShareMachineHandler(Ledger ledger, Access access, IDocuments documents)
{
    /// <summary>Shares it.</summary>
    public async Task<Result<Machine>> HandleAsync(Caller caller, ShareMachine command, CancellationToken cancel)
    {
        var found = await MachineAccess.FindAsync(documents, access, caller, command.Id, Operation.ShareMachine, cancel);
        if (!found.Ok) return Result.Refused<Machine>(found.Problems);
        if (await access.RefusalAsync(caller, command.With, Operation.ShareMachine, "project",
            cancel) is { } refusal) return refusal;
        var (with, from) = (await NameAsync(caller, command.With, cancel), await NameAsync(caller, found.Value.Project, cancel));
        return await ledger.ChangeAsync<Machine>(caller, command.Id.Value, state => ShareMachine.Decide(state, command, with,
            from), cancel);
    }

    private async Task<string> NameAsync(Caller caller, Id<Project> project, CancellationToken cancel) =>
        (await documents.FindAsync<Membership>(Membership.IdOf(project, caller.User!.Value), cancel))?.ProjectName ?? "";
}

/// <summary>Handles <see cref="UnshareMachine"/>: who keeps machines in either project.</summary>
public sealed class UnshareMachineHandler(Ledger ledger, Access access, IDocuments documents, IMachineLeases leases)
{
    /// <summary>Ends the sharing, and the leases of the other project's runs there: they wait for a token that nobody can
    /// give.</summary>
    public async Task<Result<Machine>> HandleAsync(Caller caller, UnshareMachine command, CancellationToken cancel)
    {
        var machine = await documents.FindAsync<MachineView>(command.Id.ToString(), cancel);
        if (machine is null) return Problem.NotFound("machine");
        var asked = await KeepsAsync(caller, machine.Project, cancel) || !machine.Serves(command.With) ? machine.Project
            : command.With;
        if (await access.RefusalAsync(caller, asked, Operation.UnshareMachine, "machine", cancel) is { } refusal) return refusal;
        var changed = await ledger.ChangeAsync<Machine>(caller, command.Id.Value, state => UnshareMachine.Decide(state, command),
            cancel);
        // Asked for again by who was interrupted, it is done again.
        if (changed.Ok && command.With != machine.Project) await leases.EndOfAsync(caller, command.Id, command.With, cancel);
        return changed;
    }

    private async Task<bool> KeepsAsync(Caller caller, Id<Project> project, CancellationToken cancel) =>
        caller.User is { } user && (caller.Token?.Project is not { } only || only == project)
        && await documents.FindAsync<Membership>(Membership.IdOf(project, user), cancel) is { } member
        && Policy.Allows(member.Role, Permission.KeepMachines);
}
