using Portal.Domain.Accounts;

namespace Portal.Domain.Common;

/// <summary>Who asks, and through which door. Made by a door once the person or token is known; trusted from there on.</summary>
/// <param name="User">The person; null for the portal itself.</param>
/// <param name="TokenId">The access token that was shown, where one was.</param>
/// <param name="Door"><c>page</c>, <c>graphql</c>, <c>rest</c>, <c>cli</c> or <c>worker</c>.</param>
/// <param name="Administrator">Whether the person administers the installation.</param>
/// <param name="CorrelationId">Shared by everything that this request leads to.</param>
/// <param name="ClientAddress">The network address asked from.</param>
public sealed record Caller(
    Id<User>? User, Guid? TokenId, string Door, bool Administrator, Guid CorrelationId, string? ClientAddress)
{
    /// <summary>The portal's own worker.</summary>
    public static Caller Worker(Guid correlationId) => new(null, null, "worker", false, correlationId, null);
}
