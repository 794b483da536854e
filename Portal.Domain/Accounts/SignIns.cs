using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>What somebody did at the door.</summary>
public enum SignInKind
{
    /// <summary>They signed in.</summary>
    In,
    /// <summary>They signed out.</summary>
    Out,
    /// <summary>They, or somebody else, did not get in.</summary>
    Refused,
}

/// <summary>Something that happened at the door.</summary>
/// <param name="Position">The event's place in the order of all events.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What.</param>
/// <param name="Way">How they showed who they are; null for who signed out.</param>
/// <param name="Fault">Why they did not get in.</param>
/// <param name="Address">The network address that it came from; null if that is not known.</param>
public sealed record NotedSignIn(
    long Position, DateTimeOffset At, SignInKind Kind, SignInWay? Way, SignInFault? Fault, string? Address);

/// <summary>Some of what happened at the door.</summary>
/// <param name="Items">The newest first.</param>
/// <param name="More">Whether there is more before the last of them.</param>
public sealed record NotedSignIns(IReadOnlyList<NotedSignIn> Items, bool More);

/// <summary>Tells a person when and from where somebody signed in to their account, and who did not get in; administrators and
/// auditors of the installation those of others, which is a reading.</summary>
public sealed class SignInsHandler(IEventSearch search, AccountAccess access, IAccounts accounts, Readings readings)
{
    /// <summary>The largest page.</summary>
    public const int Most = 200;

    private static readonly string[] Types = ["signed_in", "signed_out", "sign_in_failed"];

    /// <summary>What happened before a position, the newest first; in person alone, as it tells where somebody was. It is found
    /// behind the tail, and may miss the last moment.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="person">Of whom; null for themselves.</param>
    /// <param name="before">Only what stands before this position; null for the newest.</param>
    /// <param name="limit">How many, 1 to <see cref="Most"/>.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Result<NotedSignIns>> HandleAsync(
        Caller caller, Id<User>? person, long? before, int limit, CancellationToken cancel)
    {
        if (limit is < 1 or > Most) return Problem.Invalid("first", $"A page has 1 to {Most} entries.");
        var own = person is null || person == caller.User;
        var operation = own ? Operation.ListOwnSignIns : Operation.ListSignIns;
        if (await access.RefusalAsync(caller, operation, "account", cancel) is { } refusal) return refusal;
        var whose = person ?? caller.User!.Value;
        if (!own)
        {
            if (await accounts.FindAsync(whose, cancel) is null) return Problem.NotFound("account");
            await readings.NoteAsync(caller, null, ReadingKind.SignIns, whose.ToString(), cancel);
        }
        // Each names its account, which the index of events knows as a word: no address is kept twice.
        var wanted = new EventSearch { Types = Types, Text = whose.ToString(), Before = before };
        var found = await search.PageAsync(wanted, newestFirst: true, limit, cancel);
        return new NotedSignIns([.. found.Events.Select(Of)], found.More);
    }

    /// <summary>Whether an event tells of the door of an account.</summary>
    public static bool IsOf(Id<User> person, object body) => body switch
    {
        SignedIn one => one.User == person,
        SignedOut one => one.User == person,
        SignInFailed one => one.User == person,
        _ => false,
    };

    // Of one whose contents are in an archive, its type still tells what it was.
    private static NotedSignIn Of(Recorded recorded) => new(recorded.Position, recorded.Time, recorded.Type switch
    {
        "signed_in" => SignInKind.In,
        "signed_out" => SignInKind.Out,
        _ => SignInKind.Refused,
    }, recorded.Body switch
    {
        SignedIn one => one.Way,
        SignInFailed one => one.Way,
        _ => null,
    }, (recorded.Body as SignInFailed)?.Fault, recorded.Metadata.ClientAddress);
}
