using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>A person's sessions, and which of them they ask with.</summary>
/// <param name="Entry">The session.</param>
/// <param name="Current">Whether it is the one that is asked with.</param>
public sealed record ListedSession(SessionEntry Entry, bool Current);

/// <summary>Lists the caller's sessions.</summary>
public sealed class ListSessionsHandler(ISessions sessions, AccountAccess access)
{
    /// <summary>Those that go on, the last seen first; in person alone, as they tell where somebody is.</summary>
    public async Task<Result<IReadOnlyList<ListedSession>>> HandleAsync(Caller caller, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.ListSessions, "session", cancel) is { } refusal) return refusal;
        var mine = await sessions.ListAsync(caller.User!.Value, cancel);
        return Result.Of<IReadOnlyList<ListedSession>>(
            [.. mine.Select(session => new ListedSession(session, session.Id == caller.Session))]);
    }
}

/// <summary>Ends sessions of the caller.</summary>
/// <param name="Session">The one to end; null for all but the one that is asked with.</param>
public sealed record EndSessions(Id<Session>? Session)
{
    /// <summary>Which sessions end, or what is wrong.</summary>
    public static Result<IReadOnlyList<Id<Session>>> Decide(
        IEnumerable<Id<Session>> open, EndSessions command, Id<Session>? current)
    {
        if (command.Session is not { } one)
            return Result.Of<IReadOnlyList<Id<Session>>>([.. open.Where(session => session != current)]);
        return open.Contains(one) ? Result.Of<IReadOnlyList<Id<Session>>>([one]) : Problem.NotFound("session");
    }
}

/// <summary>Handles <see cref="EndSessions"/>: everybody for themselves, in person.</summary>
public sealed class EndSessionsHandler(ISessions sessions, AccountAccess access, Ledger ledger, FreshProof proof)
{
    /// <summary>Ends them: cookies, open pages and subscriptions, on every node within seconds.</summary>
    /// <returns>What was ended.</returns>
    public async Task<Result<IReadOnlyList<Id<Session>>>> HandleAsync(
        Caller caller, EndSessions command, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.EndSessions, "session", cancel) is { } refusal) return refusal;
        if (await proof.RefusalAsync(caller, cancel) is { } stale) return stale;
        var user = caller.User!.Value;
        var open = await sessions.ListAsync(user, cancel);
        var ended = EndSessions.Decide(open.Select(session => session.Id), command, caller.Session);
        if (!ended.Ok || ended.Value.Count == 0) return ended;
        var written = await ledger.AppendAsync(caller,
            [new(Ledger.StreamOf<Account>(user.Value), IEventStore.AnyVersion, [new SessionsEnded(user, ended.Value)])], cancel);
        if (!written.Ok) return Result.Refused<IReadOnlyList<Id<Session>>>(written.Problems);
        await sessions.EndAsync(user, ended.Value, CancellationToken.None);
        return ended;
    }
}
