using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.AccessTokens;

/// <summary>Notes that a good token was shown from an address that it is not good from: somebody else may have it.</summary>
public sealed class NoteWrongAddressHandler(Denials denials)
{
    /// <summary>The code that stands in the event.</summary>
    public const string Code = "TOKEN_WRONG_ADDRESS";

    /// <summary>Notes it under the token's id, with the address, in its owner's own project; few of the same, like all
    /// denials.</summary>
    /// <param name="token">The token.</param>
    /// <param name="shown">Who shows it: its owner, by the token, and whence.</param>
    /// <param name="cancel">Gives up.</param>
    public Task HandleAsync(AccessTokenView token, Caller shown, CancellationToken cancel) =>
        denials.NoteAsync(shown, new(token.User.Value), Operation.UseAccessToken, Code, cancel);
}
