using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Projects;

namespace Portal.Web.GraphQL.Machines;

/// <summary>What is done with machines.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class MachineMutations
{
    /// <summary>Registers a machine. Then look at its host keys, confirm them, make a key and test it.</summary>
    public static Task<MutationResult<MachineNode>> RegisterMachineAsync(RegisterMachineInput input, [Caller] Caller caller,
        RegisterMachineHandler machines, ShowMachineHandler shown, IChance chance, CancellationToken cancel) =>
        caller.MakeOnceAsync<Machine, Machine, MachineNode>(input.ClientMutationKey, chance,
            id => machines.HandleAsync(caller, new(id, caller.ProjectOr(input.Project), input.Settings.Settings), cancel),
            id => MachineNode.FindAsync(id, caller, shown, cancel));

    /// <summary>
    /// Changes what is known about a machine. Another host, port or jump host asks for its host key to be confirmed anew.
    /// </summary>
    public static Task<MutationResult<MachineNode>> ChangeMachineAsync(ChangeMachineInput input, [Caller] Caller caller,
        ChangeMachineHandler machines, ShowMachineHandler shown, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"changeMachine {input.Id}", input.ClientMutationKey);
        return repeats.ChangeOnceAsync(keyed, input.Id, input.ClientMutationKey,
            () => machines.HandleAsync(keyed, new(input.Id, input.Settings.Settings), cancel),
            () => MachineNode.FindAsync(input.Id, caller, shown, cancel), cancel);
    }

    /// <summary>
    /// Asks a machine for the host keys it answers with; pins nothing. Compare the fingerprints with what its operators publish.
    /// </summary>
    public static async Task<MutationResult<IReadOnlyList<HostKey>>> ScanHostKeysAsync(
        ScanHostKeysInput input, [Caller] Caller caller, ScanHostKeysHandler machines, CancellationToken cancel)
    {
        var keys = await machines.HandleAsync(caller, input.Id, cancel);
        return keys.Ok
            ? MutationResult<IReadOnlyList<HostKey>>.Done(keys.Value)
            : Refused.Of<IReadOnlyList<HostKey>>(keys.Problems);
    }

    /// <summary>
    /// Confirms host keys by their fingerprints. From then on nothing else is spoken to; a change stops everything for the machine.
    /// </summary>
    public static Task<MutationResult<MachineNode>> PinHostKeysAsync(PinHostKeysInput input, [Caller] Caller caller,
        PinHostKeysHandler machines, ShowMachineHandler shown, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"pinHostKeys {input.Id}", input.ClientMutationKey);
        return repeats.ChangeOnceAsync(keyed, input.Id, input.ClientMutationKey,
            () => machines.HandleAsync(keyed, new(input.Id, input.Fingerprints), cancel),
            () => MachineNode.FindAsync(input.Id, caller, shown, cancel), cancel);
    }

    /// <summary>Takes a machine out of use; its history stays.</summary>
    public static Task<MutationResult<MachineNode>> RetireMachineAsync(RetireMachineInput input, [Caller] Caller caller,
        RetireMachineHandler machines, ShowMachineHandler shown, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"retireMachine {input.Id}", input.ClientMutationKey);
        return repeats.ChangeOnceAsync(keyed, input.Id, input.ClientMutationKey,
            () => machines.HandleAsync(keyed, new(input.Id), cancel),
            () => MachineNode.FindAsync(input.Id, caller, shown, cancel), cancel);
    }
}
