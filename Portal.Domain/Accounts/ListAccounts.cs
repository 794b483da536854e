using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Accounts;

/// <summary>Which accounts are asked for.</summary>
/// <param name="Search">Part of a name or an address; null for all.</param>
/// <param name="After">The account that the part begins behind; null to begin with the newest.</param>
/// <param name="Limit">How many at the most.</param>
public sealed record ListAccounts(string? Search = null, Id<User>? After = null, int Limit = 50);

/// <summary>An account and how it stands.</summary>
public sealed record ListedAccount(AccountEntry Entry, bool Disabled, bool Administrator, bool Auditor);

/// <summary>Part of a list of accounts.</summary>
/// <param name="Accounts">The accounts, the newest first.</param>
/// <param name="More">Whether older ones follow.</param>
public sealed record ListedAccounts(IReadOnlyList<ListedAccount> Accounts, bool More);

/// <summary>Lists accounts, for administrators.</summary>
public sealed class ListAccountsHandler(AccountAccess access, IAccounts accounts, IDocuments documents)
{
    /// <summary>Largest part of the list.</summary>
    public const int Largest = 200;

    /// <summary>A part of the list.</summary>
    public async Task<Result<ListedAccounts>> HandleAsync(Caller caller, ListAccounts asked, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.ListAccounts, "account", cancel) is { } refusal) return refusal;
        if (asked.Limit is < 1 or > Largest) return Problem.Invalid("limit", $"A part has 1 to {Largest} accounts.");
        var found = await accounts.ListAsync(asked.Search, asked.After, asked.Limit, cancel);
        var ids = found.Entries.Select(entry => entry.User.ToString()).ToArray();
        var standings = ids.Length == 0 ? [] : (await documents.QueryAsync<AccountStanding>(
            new([new("id", Comparison.In, ids)], Limit: ids.Length), cancel)).Items;
        var known = standings.ToDictionary(standing => standing.User);
        return new ListedAccounts(
            [.. found.Entries.Select(entry => Listed(entry, known.GetValueOrDefault(entry.User)))], found.More);
    }

    /// <summary>How many accounts the whole list has.</summary>
    public async Task<Result<long>> CountAsync(Caller caller, string? search, CancellationToken cancel) =>
        await access.RefusalAsync(caller, Operation.ListAccounts, "account", cancel) is { } refusal
            ? refusal
            : await accounts.CountAsync(search, cancel);

    /// <summary>One account.</summary>
    public async Task<Result<ListedAccount>> FindAsync(Caller caller, Id<User> person, CancellationToken cancel)
    {
        if (await access.RefusalAsync(caller, Operation.ListAccounts, "account", cancel) is { } refusal) return refusal;
        return await accounts.FindAsync(person, cancel) is { } entry
            ? Listed(entry, await documents.FindAsync<AccountStanding>(person.ToString(), cancel))
            : Problem.NotFound("account");
    }

    private static ListedAccount Listed(AccountEntry entry, AccountStanding? standing) =>
        new(entry, standing?.Disabled ?? false, standing?.Administrator ?? false, standing?.Auditor ?? false);
}
