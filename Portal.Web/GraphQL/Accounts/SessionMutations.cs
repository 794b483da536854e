using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.GraphQL.Common;

namespace Portal.Web.GraphQL.Accounts;

/// <summary>Ends a session of the caller.</summary>
/// <param name="Id">The session.</param>
/// <param name="ClientMutationKey">A repeat is told that there is no such session any more, with or without a key.</param>
public sealed record RevokeSessionInput([Id("Session")] Id<Session> Id, Guid? ClientMutationKey = null);

/// <summary>Ends all sessions of the caller but the one that is asked with.</summary>
/// <param name="ClientMutationKey">A repeat ends what has begun meanwhile, with or without a key.</param>
public sealed record RevokeOtherSessionsInput(Guid? ClientMutationKey = null);

/// <summary>What is done with sessions, in person: an access token ends none.</summary>
[MutationType]
[Error<NotFoundError>, Error<ForbiddenError>, Error<ConflictError>, Error<InvalidInputError>]
public static class SessionMutations
{
    /// <summary>Ends a session: its pages, subscriptions and cookie are worth nothing within seconds.</summary>
    [Payload("revokedId"), Id("Session")]
    public static async Task<MutationResult<Id<Session>>> RevokeSessionAsync(RevokeSessionInput input,
        [Caller] Caller caller, EndSessionsHandler sessions, CancellationToken cancel)
    {
        var keyed = caller.WithKey($"revokeSession {input.Id}", input.ClientMutationKey);
        var ended = await sessions.HandleAsync(keyed, new(input.Id), cancel);
        return ended.Ok ? input.Id : Refused.Of<Id<Session>>(ended.Problems);
    }

    /// <summary>Ends all sessions but the one that is asked with, and tells how many those were.</summary>
    [Payload("revokedCount")]
    public static async Task<MutationResult<int>> RevokeOtherSessionsAsync(RevokeOtherSessionsInput input,
        [Caller] Caller caller, EndSessionsHandler sessions, CancellationToken cancel)
    {
        var keyed = caller.WithKey("revokeOtherSessions", input.ClientMutationKey);
        var ended = await sessions.HandleAsync(keyed, new(null), cancel);
        return ended.Ok ? ended.Value.Count : Refused.Of<int>(ended.Problems);
    }
}
