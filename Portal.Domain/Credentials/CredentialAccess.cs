using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Credentials;

/// <summary>A credential that the caller may see the history of.</summary>
/// <param name="View">The credential.</param>
/// <param name="Projects">The projects of whose runs they may see what it was used for; null for all.</param>
public sealed record ReachedCredential(CredentialView View, IReadOnlyCollection<Id<Project>>? Projects);

/// <summary>Who may see what became of a credential: its owner, auditors of the installation, and who may read the events of a
/// project, as far as its runs used it.</summary>
public sealed class CredentialAccess(
    IDocuments documents, Access access, AccountAccess accounts, MyProjectsHandler mine, Readings readings)
{
    /// <summary>The credential, or NOT_FOUND.</summary>
    public async Task<Result<ReachedCredential>> FindAsync(Caller caller, Id<Credential> id, CancellationToken cancel)
    {
        var view = await documents.FindAsync<CredentialView>(id.ToString(), cancel);
        if (view is null) return Problem.NotFound("credential");
        if (view.Owner == caller.User)
        {
            return await access.RefusalAsync(caller, view.Project, Operation.ShowCredential, "credential", cancel) is { } refusal
                ? refusal
                : new ReachedCredential(view, caller.Token?.Project is { } only ? [only] : null);
        }
        if (caller.Token?.Project is null && await accounts.AuditsAsync(caller, cancel))
        {
            if (await access.RefusalAsync(caller, Operation.ReadEvents, "credential", cancel) is { } none) return none;
            await readings.NoteAsync(caller, view.Project, ReadingKind.Credential, id.ToString(), cancel);
            return new ReachedCredential(view, null);
        }
        List<Id<Project>> audited = [.. (await mine.HandleAsync(caller, cancel))
            .Where(member => Policy.Allows(member.Role, Permission.ReadEvents)).Select(member => member.Project)];
        if (audited.Count == 0) return Problem.NotFound("credential");
        var last = new DocumentQuery(Of(id, audited), "position", Descending: true, Limit: 1);
        var seen = (await documents.QueryAsync<CredentialMark>(last, cancel)).Items;
        if (seen.Count == 0) return Problem.NotFound("credential");
        if (await access.RefusalAsync(caller, seen[0].Project, Operation.ReadEvents, "credential", cancel) is { } no) return no;
        await readings.NoteAsync(caller, seen[0].Project, ReadingKind.Credential, id.ToString(), cancel);
        return new ReachedCredential(view, audited);
    }

    /// <summary>The conditions for what was done with a credential in some projects; null for all.</summary>
    internal static IReadOnlyList<Condition> Of(Id<Credential> id, IReadOnlyCollection<Id<Project>>? projects)
    {
        var credential = new Condition("credential", Comparison.Equal, id.ToString());
        return projects is null ? [credential]
            : [credential, new("project", Comparison.In, projects.Select(project => project.ToString()).ToArray())];
    }
}
