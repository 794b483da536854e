using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.EventStore;

namespace Portal.Domain.Credentials;

/// <summary>The one credential that a person may use on a machine now.</summary>
public static class ActiveCredential
{
    /// <summary>The answer to who has none and needs one.</summary>
    public static Problem Needed { get; } =
        new("CREDENTIAL_NEEDED", "You have no key for this machine yet.", "machine", Advice: "Make one first.");

    /// <summary>The credential, or null when there is none.</summary>
    public static async Task<CredentialView?> FindAsync(
        IDocuments documents, Id<Machine> machine, Id<User> owner, CancellationToken cancel) =>
        (await AllAsync(documents, machine, owner, cancel, 1)).FirstOrDefault();

    /// <summary>It, and behind it those that are about to be replaced: newest first.</summary>
    public static async Task<IReadOnlyList<CredentialView>> AllAsync(
        IDocuments documents, Id<Machine> machine, Id<User> owner, CancellationToken cancel, int limit = 100) =>
        (await documents.QueryAsync<CredentialView>(new(
            [new("machine", Comparison.Equal, machine.ToString()), new("owner", Comparison.Equal, owner.ToString()),
             new("ended", Comparison.Equal, null)], "created_at", Descending: true, Limit: limit), cancel)).Items;
}
