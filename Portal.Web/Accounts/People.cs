using Microsoft.EntityFrameworkCore;
using Portal.Domain.Accounts;
using Portal.Domain.Common;

namespace Portal.Web.Accounts;

/// <summary>Names of people, out of Identity's table.</summary>
public sealed class People(IDbContextFactory<AccountsDb> accounts) : IPeople
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Id<User>, string>> NamesAsync(IReadOnlyCollection<Id<User>> ids, CancellationToken cancel)
    {
        if (ids.Count == 0)
            return new Dictionary<Id<User>, string>();
        var wanted = ids.Select(id => id.Value).Distinct().ToArray();
        await using var db = await accounts.CreateDbContextAsync(cancel);
        return await db.Users.Where(user => wanted.Contains(user.Id))
            .Select(user => new { user.Id, user.DisplayName })
            .ToDictionaryAsync(user => new Id<User>(user.Id), user => user.DisplayName, cancel);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Id<User>, string>> SearchAsync(string text, int limit, CancellationToken cancel)
    {
        await using var db = await accounts.CreateDbContextAsync(cancel);
        return await db.Users.Where(user => EF.Functions.ILike(user.DisplayName, Pattern(text), @"\"))
            .OrderBy(user => user.DisplayName).ThenBy(user => user.Id).Take(limit)
            .Select(user => new { user.Id, user.DisplayName })
            .ToDictionaryAsync(user => new Id<User>(user.Id), user => user.DisplayName, cancel);
    }

    private static string Pattern(string text) => "%" + text.Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";
}
