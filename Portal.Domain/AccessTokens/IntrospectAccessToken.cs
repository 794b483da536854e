using Portal.Domain.Common;

namespace Portal.Domain.AccessTokens;

/// <summary>Tells what a token is good for (RFC 7662), to its owner and their programs.</summary>
public sealed class IntrospectAccessTokenHandler(RecogniseAccessTokenHandler tokens)
{
    /// <summary>The token; null when it is worth nothing, and as well when it is none of the caller's affair: of another person, or of
    /// another project than the one that exists for the caller.</summary>
    public async Task<AccessTokenView?> HandleAsync(Caller caller, string text, CancellationToken cancel) =>
        await tokens.HandleAsync(text, cancel) is { } token && token.User == caller.User
            && (caller.Token?.Project is not { } only || only == token.Project) ? token : null;
}
