using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>How somebody shows who they are.</summary>
public enum SignInWay
{
    /// <summary>By the password alone.</summary>
    Password,
    /// <summary>By the password, then a code of an authenticator app or a recovery code.</summary>
    Code,
    /// <summary>By a passkey.</summary>
    Passkey,
    /// <summary>By a provider's word.</summary>
    Provider,
}

/// <summary>Why somebody was not signed in.</summary>
public enum SignInFault
{
    /// <summary>What they showed was not right.</summary>
    Wrong,
    /// <summary>Nothing was looked at: after wrong tries there is a pause.</summary>
    Resting,
    /// <summary>It was right, and the account is shut out.</summary>
    Disabled,
}

/// <summary>Somebody signed in by a browser.</summary>
[EventType("signed_in")]
public sealed record SignedIn(Id<User> User, Id<Session> Session, SignInWay Way);

/// <summary>Somebody signed out, or gave their place in the browser to somebody else.</summary>
[EventType("signed_out")]
public sealed record SignedOut(Id<User> User, Id<Session> Session);

/// <summary>Somebody wanted to sign in to an account, or to prove anew that it is theirs, and did not. Who it was is not known;
/// from where stands in the event's metadata.</summary>
[EventType("sign_in_failed")]
public sealed record SignInFailed(Id<User> User, SignInWay Way, SignInFault Fault);

/// <summary>Notes sign-ins as events, each in a stream of its own, so that an account is not longer to fold for them and nobody
/// waits for anybody. Of the same fault at the same account one a minute is noted: whoever guesses fills no log.</summary>
public sealed class SignInNotes(Ledger ledger, IChance chance)
{
    /// <summary>What the streams' names begin with.</summary>
    public const string Prefix = "signin";

    private readonly Sparing<Id<User>, (SignInWay Way, SignInFault Fault)> faults = new(20);

    /// <summary>Notes that a session began.</summary>
    public Task BeganAsync(Caller caller, Id<Session> session, SignInWay way, CancellationToken cancel) =>
        WriteAsync(caller, new SignedIn(caller.User!.Value, session, way), cancel);

    /// <summary>Notes that its owner ended a session by signing out.</summary>
    public Task LeftAsync(Caller caller, Id<Session> session, CancellationToken cancel) =>
        WriteAsync(caller, new SignedOut(caller.User!.Value, session), cancel);

    /// <summary>Notes that somebody was not signed in, unless it is one too many.</summary>
    public async Task FailedAsync(string? address, Id<User> user, SignInWay way, SignInFault fault, CancellationToken cancel)
    {
        if (!faults.Take(user, (way, fault), chance.Now)) return;
        await WriteAsync(new(null, null, "page", false, chance.NewGuid(), address), new SignInFailed(user, way, fault), cancel);
    }

    private Task WriteAsync(Caller caller, object fact, CancellationToken cancel) =>
        ledger.AppendAsync(caller, [new($"{Prefix}-{chance.NewGuid():n}", 0, [fact])], cancel);
}
