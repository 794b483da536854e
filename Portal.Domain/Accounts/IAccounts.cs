using Portal.Domain.Common;

namespace Portal.Domain.Accounts;

/// <summary>An account as administrators see it.</summary>
/// <param name="User">Whose.</param>
/// <param name="Name">The name that others see.</param>
/// <param name="Address">Mail address.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="SeenAt">When a session of theirs was last seen; null if there is none now.</param>
/// <param name="SecondFactor">Whether a second factor is asked for at sign-in.</param>
public sealed record AccountEntry(
    Id<User> User, string Name, string Address, DateTimeOffset MadeAt, DateTimeOffset? SeenAt, bool SecondFactor);

/// <summary>Part of a list of accounts.</summary>
/// <param name="Entries">The accounts, the newest first.</param>
/// <param name="More">Whether older ones follow.</param>
public sealed record AccountEntries(IReadOnlyList<AccountEntry> Entries, bool More);

/// <summary>The accounts themselves, which are no events: they hold personal data.</summary>
public interface IAccounts
{
    /// <summary>Accounts whose name or address contains the text, the newest first.</summary>
    /// <param name="search">The text, whatever the case; null for all.</param>
    /// <param name="after">The account that the part begins behind; null to begin with the newest.</param>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancel">Ends the question.</param>
    Task<AccountEntries> ListAsync(string? search, Id<User>? after, int limit, CancellationToken cancel);

    /// <summary>How many accounts such a list has.</summary>
    Task<long> CountAsync(string? search, CancellationToken cancel);

    /// <summary>The account of a person; null if there is none.</summary>
    Task<AccountEntry?> FindAsync(Id<User> user, CancellationToken cancel);

    /// <summary>Waits until nobody else, on whichever node, decides on how accounts stand; the turn ends when what comes back is
    /// disposed of. So that two administrators who remove each other at once leave one.</summary>
    Task<IAsyncDisposable> TakeTurnAsync(CancellationToken cancel);
}
