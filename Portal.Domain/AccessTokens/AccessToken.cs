using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.AccessTokens;

/// <summary>What a program shows instead of a password. Its text is shown once; only its SHA-256 is kept, which tells nothing
/// about 256 random bits.</summary>
/// <param name="Id">Its id.</param>
/// <param name="User">Whose it is: it never does more than this person may.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Sha256">Lower-case hex over the token's text.</param>
/// <param name="Expires">From when on it is worth nothing.</param>
/// <param name="Revoked">Whether its owner took it back.</param>
public sealed record AccessToken(Id<AccessToken> Id, Id<User> User, string Name, string Sha256, DateTimeOffset Expires, bool Revoked)
    : IAggregate<AccessToken>
{
    /// <inheritdoc/>
    public static string Prefix => "accesstoken";

    /// <inheritdoc/>
    public static AccessToken Empty { get; } = new(default, default, "", "", default, false);

    /// <inheritdoc/>
    public AccessToken Apply(Recorded recorded) => recorded.Body switch
    {
        AccessTokenIssued issued => new(issued.TokenId, issued.User, issued.Name, issued.Sha256, issued.Expires, false),
        AccessTokenRevoked => this with { Revoked = true },
        _ => this,
    };
}

/// <summary>A token was made for a program.</summary>
[EventType("access_token_issued")]
public sealed record AccessTokenIssued(Id<AccessToken> TokenId, Id<User> User, string Name, string Sha256, DateTimeOffset Expires);

/// <summary>A token was taken back.</summary>
[EventType("access_token_revoked")]
public sealed record AccessTokenRevoked(Id<AccessToken> TokenId);

/// <summary>A token as its owner's list shows it.</summary>
public sealed record AccessTokenView(Id<AccessToken> Id, Id<User> User, string Name, string Sha256, DateTimeOffset IssuedAt, DateTimeOffset Expires);

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
        ],
        ["unique:sha256", "user_id, issued_at desc"]);

    /// <inheritdoc/>
    public override bool Inline => true;

    /// <inheritdoc/>
    public override IReadOnlyCollection<Type> Handles { get; } = [typeof(AccessTokenIssued), typeof(AccessTokenRevoked)];

    /// <inheritdoc/>
    public override ValueTask ApplyAsync(Recorded recorded, IDocumentWriter<AccessTokenView> documents, CancellationToken cancel)
    {
        if (recorded.Body is AccessTokenIssued issued)
            documents.Put(new(issued.TokenId, issued.User, issued.Name, issued.Sha256, recorded.Time, issued.Expires));
        else if (recorded.Body is AccessTokenRevoked revoked)
            documents.Remove(revoked.TokenId.ToString());
        return ValueTask.CompletedTask;
    }
}
