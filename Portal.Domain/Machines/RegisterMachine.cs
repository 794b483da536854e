using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>Registers a machine in a project.</summary>
/// <param name="Id">Chosen by the client, which makes a repeat harmless.</param>
/// <param name="Project">Where it shall belong.</param>
/// <param name="Settings">What is known about it.</param>
public sealed record RegisterMachine(Id<Machine> Id, Id<Project> Project, MachineSettings Settings)
{
    /// <summary>Decides on the events, or says what is wrong.</summary>
    public static Result<IReadOnlyList<object>> Decide(Machine state, RegisterMachine command, Id<User> registeredBy)
    {
        if (state.Exists) return state.Project == command.Project ? Result.Of<IReadOnlyList<object>>([]) : Problem.Conflict("machine");
        var problems = SettingsRules.Check(command.Settings);
        if (problems.Count > 0) return Result.Refused<IReadOnlyList<object>>(problems);
        return new object[] { new MachineRegistered(command.Id, command.Project, registeredBy, command.Settings) };
    }
}

/// <summary>Handles <see cref="RegisterMachine"/>: keepers of machines may.</summary>
public sealed class RegisterMachineHandler(Ledger ledger, Access access, IDocuments documents)
{
    /// <summary>Registers it.</summary>
    public async Task<Result<Machine>> HandleAsync(Caller caller, RegisterMachine command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, command.Project, Operation.RegisterMachine, "project", cancel) is { } refusal) return refusal;
        if (await MachineNames.TakenAsync(documents, command.Project, command.Settings.Name, command.Id, cancel) is { } taken) return taken;
        return await ledger.ChangeAsync<Machine>(caller, command.Id.Value,
            state => RegisterMachine.Decide(state, command, caller.User!.Value), cancel);
    }
}

/// <summary>Within a project a machine's name is its alone.</summary>
internal static class MachineNames
{
    public static async Task<Problem?> TakenAsync(IDocuments documents, Id<Project> project, string name, Id<Machine> self, CancellationToken cancel)
    {
        var same = await documents.QueryAsync<MachineView>(new(
            [new("project", Comparison.Equal, project.ToString()), new("name", Comparison.Equal, name),
             new("state", Comparison.NotEqual, nameof(MachineState.Retired))], Limit: 2), cancel);
        return same.Items.Any(machine => machine.Id != self)
            ? new("NAME_TAKEN", $"The project has a machine called {name} already.", "name", Advice: "Choose another name.")
            : null;
    }
}
