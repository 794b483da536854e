using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Credentials;

/// <summary>The caller's own credentials on many machines, with one question: for lists of machines.</summary>
public sealed class MyCredentialsHandler(IDocuments documents, Access access)
{
    /// <summary>By machine; one that the caller has no key for is absent.</summary>
    public async Task<IReadOnlyDictionary<Id<Machine>, CredentialView>> HandleAsync(
        Caller caller, IReadOnlyCollection<Id<Machine>> machines, CancellationToken cancel)
    {
        var mine = new Dictionary<Id<Machine>, CredentialView>();
        if (caller.User is not { } user || machines.Count == 0) return mine;
        var found = await documents.QueryAsync<CredentialView>(new(
            [new("owner", Comparison.Equal, user.ToString()), new("ended", Comparison.Equal, null),
             new("machine", Comparison.In, machines.Select(machine => machine.ToString()).ToArray())],
            "created_at", Limit: 1000), cancel);
        foreach (var project in found.Items.GroupBy(credential => credential.Project))
        {
            if (await access.RefusalAsync(caller, project.Key, Operation.ShowCredential, "credential", cancel) is not null) continue;
            foreach (var credential in project) mine[credential.Machine] = credential;
        }
        return mine;
    }
}
