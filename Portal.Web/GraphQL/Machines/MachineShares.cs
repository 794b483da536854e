using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Machines;

/// <summary>Another project that may send runs to a machine, each member with a key of their own.</summary>
/// <param name="share">The share.</param>
[ObjectType("MachineShare")]
public sealed class MachineShareNode(MachineShare share)
{
    /// <summary>Id of the other project.</summary>
    [Id("Project")]
    public Id<Project> Project => share.Project;

    /// <summary>What that was called when the machine was shared.</summary>
    public string Name => share.Name;

    /// <summary>What the machine's own project was called then.</summary>
    public string From => share.From;

    /// <summary>When that was.</summary>
    public DateTimeOffset Since => share.Since;
}

/// <summary>Shares a machine with another project, or ends that.</summary>
/// <param name="Id">The machine.</param>
/// <param name="Project">The other project.</param>
/// <param name="ClientMutationKey">A repeat with the same key changes nothing more.</param>
public sealed record ShareMachineInput(
    [Id("Machine")] Id<Machine> Id, [Id("Project")] Id<Project> Project, Guid? ClientMutationKey = null);

/// <summary>What is done with machines that several projects use.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class MachineShareMutations
{
    /// <summary>
    /// Shares a machine with another project, for who keeps machines in both. Its members send runs there with keys of their own;
    /// settings and host keys stay with the machine's own project.
    /// </summary>
    public static Task<MutationResult<MachineNode>> ShareMachineAsync(ShareMachineInput input, [Caller] Caller caller,
        ShareMachineHandler machines, ShowMachineHandler shown, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"shareMachine {input.Id} {input.Project}", input.ClientMutationKey);
        return repeats.ChangeOnceAsync(keyed, input.Id, input.ClientMutationKey,
            () => machines.HandleAsync(keyed, new(input.Id, input.Project), cancel),
            () => MachineNode.FindAsync(input.Id, caller, shown, cancel), cancel);
    }

    /// <summary>
    /// Ends that, for who keeps machines in either project. The other project's runs there go no further; the keys that they
    /// were lent are deleted.
    /// </summary>
    [Payload("unsharedId"), Id("Machine")]
    public static async Task<MutationResult<Id<Machine>>> UnshareMachineAsync(ShareMachineInput input, [Caller] Caller caller,
        UnshareMachineHandler machines, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"unshareMachine {input.Id} {input.Project}", input.ClientMutationKey);
        var ended = await machines.HandleAsync(keyed, new(input.Id, input.Project), cancel);
        return ended.Ok ? input.Id : Refused.Of<Id<Machine>>(ended.Problems);
    }
}
