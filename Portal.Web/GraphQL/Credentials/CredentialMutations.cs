using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;
using Portal.Web.GraphQL.Machines;

namespace Portal.Web.GraphQL.Credentials;

/// <summary>What is done with the caller's keys.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class CredentialMutations
{
    /// <summary>
    /// Makes a key for a machine; it replaces the one that the caller had. Its security token is shown this once and stored
    /// nowhere.
    /// </summary>
    [Payload("credential")]
    public static async Task<MutationResult<CreatedCredential>> CreateCredentialAsync(CreateCredentialInput input,
        [Caller] Caller caller, CreateCredentialHandler credentials, IChance chance, CancellationToken cancel)
    {
        var id = caller.NewId<Credential>(input.ClientMutationKey, chance);
        var made = await credentials.HandleAsync(caller, new(id, input.Machine), cancel);
        return made.Ok ? made.Value : Refused.Of<CreatedCredential>(made.Problems);
    }

    /// <summary>Revokes a key of the caller; what runs with it stops being able to. Answered with its machine.</summary>
    public static async Task<MutationResult<MachineNode>> RevokeCredentialAsync(RevokeCredentialInput input, [Caller] Caller caller,
        RevokeCredentialHandler credentials, ShowMachineHandler shown, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"revokeCredential {input.Id}", input.ClientMutationKey);
        var revoked = await credentials.HandleAsync(keyed, input.Id, cancel);
        if (!revoked.Ok) return Refused.Of<MachineNode>(revoked.Problems);
        return await MachineNode.FindAsync(revoked.Value.Machine, caller, shown, cancel) is { } machine
            ? machine
            : Refused.Of<MachineNode>([Problem.NotFound("machine")]);
    }

    /// <summary>Tries a machine step by step with the caller's key. A step that fails is no refusal.</summary>
    [Payload("test")]
    public static async Task<MutationResult<ConnectionTest>> TestConnectionAsync(TestConnectionInput input, [Caller] Caller caller,
        TestConnectionHandler machines, FindRepeatHandler repeats, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"testConnection {input.Machine}", input.ClientMutationKey);
        if (input.ClientMutationKey is not null
            && (await repeats.HandleAsync<Machine>(keyed, input.Machine.Value, cancel)).Select(recorded => recorded.Body)
                .OfType<MachineChecked>().FirstOrDefault() is { } earlier)
            return new ConnectionTest(earlier.Ok, earlier.Steps);
        var begun = await machines.HandleAsync(keyed, new(input.Machine, input.SecurityToken), cancel);
        if (!begun.Ok) return Refused.Of<ConnectionTest>(begun.Problems);
        var steps = await begun.Value.ToListAsync(cancel);
        return new ConnectionTest(steps.Count > 0 && steps.TrueForAll(step => step.Ok), steps);
    }
}
