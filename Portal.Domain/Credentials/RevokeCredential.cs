using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Credentials;

/// <summary>Takes a credential out of use: its sealed half and every lease of it are deleted at once.</summary>
public sealed class RevokeCredentialHandler(
    Ledger ledger, Access access, IDocuments documents, ISealedKeys sealedKeys, ILeaseKeys leases) : IPersonErased
{
    /// <summary>Its owner may.</summary>
    public async Task<Result<Credential>> HandleAsync(Caller caller, Id<Credential> id, CancellationToken cancel)
    {
        var view = await documents.FindAsync<CredentialView>(id.ToString(), cancel);
        if (view is null || view.Owner != caller.User) return Problem.NotFound("credential");
        if (await access.RefusalAsync(caller, view.Project, Operation.RevokeCredential, "credential", cancel) is { } refusal) return refusal;
        return await RevokeAsync(caller, id, cancel);
    }

    /// <summary>Takes the caller's own on a machine out of use; where there is none, nothing is changed.</summary>
    public async Task<Result<CredentialView?>> HandleAsync(Caller caller, Id<Machine> machine, CancellationToken cancel)
    {
        var found = await MachineAccess.FindAsync(documents, access, caller, machine, Operation.RevokeCredential, cancel);
        if (!found.Ok) return Result.Refused<CredentialView?>(found.Problems);
        if (await ActiveCredential.FindAsync(documents, machine, caller.User!.Value, cancel) is not { } mine)
            return Result.Of<CredentialView?>(null);
        var revoked = await RevokeAsync(caller, mine.Id, cancel);
        return revoked.Ok ? mine : Result.Refused<CredentialView?>(revoked.Problems);
    }

    /// <inheritdoc/>
    public async Task<Problem?> ErasedAsync(Caller caller, Id<User> person)
    {
        // Each that is revoked leaves the list.
        while ((await documents.QueryAsync<CredentialView>(new(
            [new("owner", Comparison.Equal, person.ToString()), new("ended", Comparison.Equal, null)], Limit: 200),
            CancellationToken.None)).Items is { Count: > 0 } found)
            foreach (var credential in found)
                if (await RevokeAsync(caller, credential.Id, CancellationToken.None) is { Ok: false } refused)
                    return refused.Problems[0];
        return null;
    }

    private async Task<Result<Credential>> RevokeAsync(Caller caller, Id<Credential> id, CancellationToken cancel)
    {
        await sealedKeys.ForgetAsync(id, cancel);
        await leases.ForgetAllAsync(id, cancel);
        return await ledger.ChangeAsync<Credential>(caller, id.Value, state => state.Ended is not null
            ? Result.Of<IReadOnlyList<object>>([])
            : new object[] { new CredentialRevoked(id) }, cancel);
    }
}

/// <summary>Shows the caller's own credential on a machine.</summary>
public sealed class ShowCredentialHandler(IDocuments documents, Access access)
{
    /// <summary>The credential, or null when there is none yet.</summary>
    public async Task<Result<CredentialView?>> HandleAsync(Caller caller, Id<Machine> machine, CancellationToken cancel)
    {
        var found = await MachineAccess.FindAsync(documents, access, caller, machine, Operation.ShowCredential, cancel);
        if (!found.Ok) return Result.Refused<CredentialView?>(found.Problems);
        return Result.Of(await ActiveCredential.FindAsync(documents, machine, caller.User!.Value, cancel));
    }
}
