using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Credentials;

/// <summary>A credential as lists and other capabilities see it.</summary>
public sealed record CredentialView(
    Id<Credential> Id, Id<Project> Project, Id<Machine> Machine, Id<User> Owner, string PublicKey, string Fingerprint,
    DateTimeOffset CreatedAt, string? Ended, DateTimeOffset? EndedAt, DateTimeOffset? TestedAt, bool? TestedOk);

/// <summary>Keeps <see cref="CredentialView"/> in the appending transaction: a revoked credential serves nobody from then on.</summary>
public sealed class CredentialViewProjection : Projection<CredentialView>
{
    /// <inheritdoc/>
    public override DocumentTable<CredentialView> Table { get; } = new(
        "credentials", credential => credential.Id.ToString(),
        [
            new("project", "text", credential => credential.Project.ToString()),
            new("machine", "text", credential => credential.Machine.ToString()),
            new("owner", "text", credential => credential.Owner.ToString()),
            new("ended", "text", credential => credential.Ended),
            new("created_at", "timestamptz", credential => credential.CreatedAt),
        ],
        ["machine, owner, created_at desc", "project, created_at desc"]);

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } =
        [typeof(CredentialCreated), typeof(CredentialRotated), typeof(CredentialRevoked), typeof(CredentialTested)];

    /// <inheritdoc/>
    public override async ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<CredentialView> documents, CancellationToken cancel)
    {
        if (recorded.Body is CredentialCreated created)
        {
            documents.Put(new(created.CredentialId, created.ProjectId, created.MachineId, created.Owner, created.PublicKey,
                created.Fingerprint, recorded.Time, null, null, null, null));
            return;
        }
        if (!Ledger.TryIdOf<Credential>(recorded.Stream, out var id) || await documents.FindAsync(id.ToString("n"), cancel) is not { } view) return;
        documents.Put(recorded.Body switch
        {
            CredentialRotated => view with { Ended = "rotated", EndedAt = recorded.Time },
            CredentialRevoked => view with { Ended = "revoked", EndedAt = recorded.Time },
            CredentialTested tested => view with { TestedAt = recorded.Time, TestedOk = tested.Ok },
            _ => view,
        });
    }
}
