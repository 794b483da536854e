using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.AccessTokens;

/// <summary>The access token that a caller showed: what it may do at the most. Beyond it stands its owner's role.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Scopes">What it is for.</param>
/// <param name="Project">The only project that exists for it; null for all of its owner's.</param>
public sealed record ShownToken(Guid Id, IReadOnlyCollection<Scope> Scopes, Id<Project>? Project);
