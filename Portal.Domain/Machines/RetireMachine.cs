using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Machines;

/// <summary>Takes a machine out of use; its history stays.</summary>
public sealed record RetireMachine(Id<Machine> Id)
{
    /// <summary>Decides on the events.</summary>
    public static Result<IReadOnlyList<object>> Decide(Machine state, RetireMachine command) =>
        state.Retired ? Result.Of<IReadOnlyList<object>>([]) : new object[] { new MachineRetired(command.Id) };
}

/// <summary>Handles <see cref="RetireMachine"/>: keepers of machines may.</summary>
public sealed class RetireMachineHandler(Ledger ledger, Access access, IDocuments documents)
{
    /// <summary>Retires it.</summary>
    public async Task<Result<Machine>> HandleAsync(Caller caller, RetireMachine command, CancellationToken cancel)
    {
        var found = await MachineAccess.FindAsync(documents, access, caller, command.Id, Operation.RetireMachine, cancel);
        return found.Ok
            ? await ledger.ChangeAsync<Machine>(caller, command.Id.Value, state => RetireMachine.Decide(state, command), cancel)
            : Result.Refused<Machine>(found.Problems);
    }
}
