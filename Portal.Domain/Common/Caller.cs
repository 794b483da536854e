using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;

namespace Portal.Domain.Common;

/// <summary>Who asks, and through which door. Made by a door once the person or token is known; trusted from there on.</summary>
/// <param name="User">The person; null for the portal itself.</param>
/// <param name="Token">The access token that was shown, where one was; null for a person who is signed in.</param>
/// <param name="Door"><c>page</c>, <c>graphql</c>, <c>rest</c>, <c>cli</c> or <c>worker</c>.</param>
/// <param name="Administrator">Whether the person administers the installation.</param>
/// <param name="CorrelationId">Shared by everything that this request leads to.</param>
/// <param name="ClientAddress">The network address asked from.</param>
/// <param name="CausationId">Id of the event that led to this, where one did.</param>
public sealed record Caller(
    Id<User>? User, ShownToken? Token, string Door, bool Administrator, Guid CorrelationId, string? ClientAddress,
    Guid? CausationId = null)
{
    /// <summary>Id of the access token that was shown, where one was.</summary>
    public Guid? TokenId => Token?.Id;

    /// <summary>The session that a person asks with; null for tokens and for the portal itself.</summary>
    public Id<Session>? Session { get; init; }

    /// <summary>The portal's own worker, going on with what a request began.</summary>
    public static Caller Worker(Guid correlationId, Guid? causationId = null) =>
        new(null, null, "worker", false, correlationId, null, causationId);
}
