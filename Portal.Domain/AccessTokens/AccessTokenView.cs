using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.AccessTokens;

/// <summary>A token as its owner's list shows it.</summary>
public sealed record AccessTokenView(Id<AccessToken> Id, Id<User> User, string Name, string Sha256, DateTimeOffset IssuedAt,
    DateTimeOffset Expires, IReadOnlyList<Scope> Scopes, Id<Project>? Project, IReadOnlyList<string> Addresses)
{
    /// <summary>What a caller who shows it may do at the most.</summary>
    public ShownToken Shown => new(Id.Value, Scopes, Project);

    /// <summary>Whether it is good from there.</summary>
    public bool GoodFrom(string? address) => Addresses.Count == 0 || AddressRange.Holds(Addresses, address);
}

/// <summary>Keeps <see cref="AccessTokenView"/> in the appending transaction: a revoked token is worth nothing from then on.</summary>
public sealed class AccessTokenProjection : Projection<AccessTokenView>
{
    /// <inheritdoc/>
    public override DocumentTable<AccessTokenView> Table { get; } = new(
        "access_tokens", token => token.Id.ToString(),
        [
            new("user_id", "text", token => token.User.ToString()),
            new("sha256", "text", token => token.Sha256),
            new("issued_at", "timestamptz", token => token.IssuedAt),
            new("name", "text", token => token.Name),
        ],
        ["unique:sha256", "user_id, issued_at desc"]);

    /// <inheritdoc/>
    public override int Version => 2;

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } = [typeof(AccessTokenIssued), typeof(AccessTokenRevoked)];

    /// <inheritdoc/>
    public override ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<AccessTokenView> documents, CancellationToken cancel)
    {
        if (recorded.Body is AccessTokenIssued issued)
        {
            documents.Put(new(issued.TokenId, issued.User, issued.Name, issued.Sha256, recorded.Time, issued.Expires,
                AccessTokens.Scopes.Read(issued.Scopes), issued.Project, issued.Addresses ?? []));
        }
        else if (recorded.Body is AccessTokenRevoked revoked)
        {
            documents.Remove(revoked.TokenId.ToString());
        }
        return ValueTask.CompletedTask;
    }
}
