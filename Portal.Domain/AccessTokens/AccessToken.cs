using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.AccessTokens;

/// <summary>What a token is for and how far it goes, as its owner wants it.</summary>
/// <param name="Name">The client: the program or the place that it is for.</param>
/// <param name="Scopes">What it may be used for.</param>
/// <param name="Project">The only project that exists for it; null for all of its owner's.</param>
/// <param name="Addresses">Ranges of addresses that it is good from; none for everywhere.</param>
/// <param name="Life">How long it lives.</param>
public sealed record TokenTerms(
    string Name, IReadOnlyCollection<Scope> Scopes, Id<Project>? Project, IReadOnlyList<string> Addresses, TimeSpan Life);

/// <summary>What a program shows instead of a password. Its text is shown once; only its SHA-256 is kept, which tells nothing
/// about 256 random bits.</summary>
/// <param name="Id">Its id.</param>
/// <param name="User">Whose it is: it never does more than this person may.</param>
/// <param name="Allowed">What its owner allowed a program that asked, until it fetches it; null for one made by hand.</param>
/// <param name="Issued">Whether its text was given out.</param>
/// <param name="Denied">Whether its owner refused it.</param>
/// <param name="Revoked">Whether it was taken back.</param>
public sealed record AccessToken(Id<AccessToken> Id, Id<User> User, AccessTokenAllowed? Allowed, bool Issued, bool Denied, bool Revoked)
    : IAggregate<AccessToken>
{
    /// <inheritdoc/>
    public static string Prefix => "accesstoken";

    /// <inheritdoc/>
    public static AccessToken Empty { get; } = new(default, default, null, false, false, false);

    /// <inheritdoc/>
    public AccessToken Apply(Recorded recorded) => recorded.Body switch
    {
        AccessTokenAllowed allowed => this with { Id = allowed.TokenId, User = allowed.User, Allowed = allowed },
        AccessTokenDenied denied => this with { Id = denied.TokenId, User = denied.User, Denied = true },
        AccessTokenIssued issued => this with { Id = issued.TokenId, User = issued.User, Issued = true },
        AccessTokenRevoked => this with { Revoked = true },
        _ => this,
    };
}

/// <summary>A token was made for a program.</summary>
/// <param name="TokenId">Its id.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Name">The client that it is for.</param>
/// <param name="Sha256">Lower-case hex over its text.</param>
/// <param name="Expires">From when on it is worth nothing.</param>
/// <param name="Scopes">What it may be used for, by name; null in those made before there were scopes, which may everything.</param>
/// <param name="Project">The only project that exists for it.</param>
/// <param name="Addresses">Ranges of addresses that it is good from.</param>
[EventType("access_token_issued")]
public sealed record AccessTokenIssued(Id<AccessToken> TokenId, Id<User> User, string Name, string Sha256, DateTimeOffset Expires,
    IReadOnlyList<string>? Scopes = null, Id<Project>? Project = null, IReadOnlyList<string>? Addresses = null);

/// <summary>A person said yes to a program that asked for a token, perhaps to less than it asked for.</summary>
/// <param name="TokenId">The token's id to be.</param>
/// <param name="User">Who said yes.</param>
/// <param name="Name">The client.</param>
/// <param name="Asked">The scopes that it asked for, by name.</param>
/// <param name="Scopes">Those it gets.</param>
/// <param name="Project">The only project that exists for it.</param>
/// <param name="Addresses">Ranges of addresses that it is good from.</param>
/// <param name="Expires">From when on it is worth nothing.</param>
[EventType("access_token_allowed")]
public sealed record AccessTokenAllowed(Id<AccessToken> TokenId, Id<User> User, string Name, IReadOnlyList<string> Asked,
    IReadOnlyList<string> Scopes, Id<Project>? Project, IReadOnlyList<string> Addresses, DateTimeOffset Expires);

/// <summary>A person said no to a program that asked for a token.</summary>
/// <param name="TokenId">The id that it would have had.</param>
/// <param name="User">Who said no.</param>
/// <param name="Name">The client.</param>
/// <param name="Asked">The scopes that it asked for, by name.</param>
[EventType("access_token_denied")]
public sealed record AccessTokenDenied(Id<AccessToken> TokenId, Id<User> User, string Name, IReadOnlyList<string> Asked);

/// <summary>A token was taken back.</summary>
[EventType("access_token_revoked")]
public sealed record AccessTokenRevoked(Id<AccessToken> TokenId);
