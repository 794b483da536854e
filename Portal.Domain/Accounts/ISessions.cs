using Portal.Domain.Common;

namespace Portal.Domain.Accounts;

/// <summary>A sign-in by cookie, known to events by id alone.</summary>
public abstract class Session;

/// <summary>A session as its owner sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Client">What the browser says that it is (RFC 9110, 10.1.5).</param>
/// <param name="Address">The network address that it was last seen from; null if that is not known.</param>
/// <param name="BeganAt">When the person signed in.</param>
/// <param name="SeenAt">When it was last used, give or take a minute.</param>
public sealed record SessionEntry(Id<Session> Id, string Client, string? Address, DateTimeOffset BeganAt, DateTimeOffset SeenAt);

/// <summary>Sessions that go on. They hold personal data, so they are rows that are erased when they end.</summary>
public interface ISessions
{
    /// <summary>The sessions of a person, the last seen first.</summary>
    Task<IReadOnlyList<SessionEntry>> ListAsync(Id<User> user, CancellationToken cancel);

    /// <summary>When the person of a session last proved who they are; null if it has ended.</summary>
    Task<DateTimeOffset?> ProvedAsync(Id<Session> session, CancellationToken cancel);

    /// <summary>Ends sessions of a person and erases what is known of them. Repeats are harmless.</summary>
    Task EndAsync(Id<User> user, IReadOnlyCollection<Id<Session>> sessions, CancellationToken cancel);
}
