using System.Collections.Concurrent;
using Npgsql;
using Portal.Domain.AccessTokens;
using Portal.Domain.Common;

namespace Portal.Web.AccessTokens;

/// <summary>When and where tokens were shown last, in an ordinary table beside the accounts. A busy program costs one row a minute
/// and no waiting: what is noted is written a moment later, together.</summary>
public sealed class TokenUses(NpgsqlDataSource database, TimeProvider time, ILogger<TokenUses> logger) : BackgroundService, ITokenUses
{
    private const int MostKept = 100_000;

    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Id<AccessToken>, TokenUse> known = new();
    private readonly ConcurrentDictionary<Id<AccessToken>, TokenUse> unwritten = new();

    /// <summary>Notes that a token was shown.</summary>
    public void Note(Id<AccessToken> token, string? address)
    {
        var now = time.GetUtcNow();
        if (known.TryGetValue(token, out var last) && last.Address == address && now - last.At < Grain) return;
        if (known.Count >= MostKept) known.Clear();
        known[token] = unwritten[token] = new(now, address);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Id<AccessToken>, TokenUse>> FindAsync(
        IReadOnlyCollection<Id<AccessToken>> tokens, CancellationToken cancel)
    {
        await WriteAsync(cancel);
        await using var command = database.CreateCommand("select token, used_at, address from accounts.token_uses where token = any($1)");
        command.Parameters.Add(new() { Value = tokens.Select(token => token.Value).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<Id<AccessToken>, TokenUse>();
        while (await rows.ReadAsync(cancel))
        {
            found[new(rows.GetGuid(0))] = new(
                await rows.GetFieldValueAsync<DateTimeOffset>(1, cancel), await rows.IsDBNullAsync(2, cancel) ? null : rows.GetString(2));
        }
        return found;
    }

    /// <inheritdoc/>
    public async Task ForgetAsync(Id<AccessToken> token, CancellationToken cancel)
    {
        unwritten.TryRemove(token, out _);
        await using var command = database.CreateCommand("delete from accounts.token_uses where token = $1");
        command.Parameters.Add(new() { Value = token.Value });
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await WriteAsync(CancellationToken.None);
            }
            catch (NpgsqlException fault)
            {
                // It is tried again with the next.
                logger.LogWarning(fault, "The last uses of access tokens could not be written.");
            }
        }
    }

    private async Task WriteAsync(CancellationToken cancel)
    {
        var taken = unwritten.ToArray();
        if (taken.Length == 0) return;
        await using var command = database.CreateCommand(
            "insert into accounts.token_uses (token, used_at, address) select * from unnest($1::uuid[], $2::timestamptz[], $3::text[]) "
            + "on conflict (token) do update set used_at = excluded.used_at, address = excluded.address "
            + "where token_uses.used_at < excluded.used_at");
        command.Parameters.Add(new() { Value = taken.Select(use => use.Key.Value).ToArray() });
        command.Parameters.Add(new() { Value = taken.Select(use => use.Value.At.UtcDateTime).ToArray() });
        command.Parameters.Add(new() { Value = taken.Select(use => use.Value.Address).ToArray() });
        await command.ExecuteNonQueryAsync(cancel);
        // Only what was written; a use noted meanwhile stays.
        foreach (var use in taken) unwritten.TryRemove(use);
    }
}
