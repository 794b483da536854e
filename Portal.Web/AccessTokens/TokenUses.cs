using System.Collections.Concurrent;
using Npgsql;
using Portal.Domain.AccessTokens;
using Portal.Domain.Common;

namespace Portal.Web.AccessTokens;

/// <summary>When and where tokens were shown last, and where they were refused, in an ordinary table beside the accounts. A busy program costs one row a minute
/// and no waiting: what is noted is written a moment later, together.</summary>
public sealed class TokenUses(NpgsqlDataSource database, TimeProvider time, ILogger<TokenUses> logger) : BackgroundService, ITokenUses
{
    private const int MostKept = 100_000;

    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<(Id<AccessToken> Token, bool Refused), TokenUse> known = new();
    private readonly ConcurrentDictionary<(Id<AccessToken> Token, bool Refused), TokenUse> unwritten = new();

    /// <summary>Notes that a token was shown.</summary>
    /// <param name="token">Which.</param>
    /// <param name="address">From where.</param>
    /// <param name="refused">Whether it is not good from there.</param>
    public void Note(Id<AccessToken> token, string? address, bool refused = false)
    {
        var (now, key) = (time.GetUtcNow(), (token, refused));
        if (known.TryGetValue(key, out var last) && last.Address == address && now - last.At < Grain) return;
        if (known.Count >= MostKept) known.Clear();
        known[key] = unwritten[key] = new(now, address);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<Id<AccessToken>, TokenTraces>> FindAsync(
        IReadOnlyCollection<Id<AccessToken>> tokens, CancellationToken cancel)
    {
        await WriteAsync(cancel);
        await using var command = database.CreateCommand(
            "select token, used_at, address, refused_at, refused_from from accounts.token_uses where token = any($1)");
        command.Parameters.Add(new() { Value = tokens.Select(token => token.Value).ToArray() });
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var found = new Dictionary<Id<AccessToken>, TokenTraces>();
        while (await rows.ReadAsync(cancel)) found[new(rows.GetGuid(0))] = new(UseOf(rows, 1), UseOf(rows, 3));
        return found;
    }

    private static TokenUse? UseOf(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null
        : new(row.GetFieldValue<DateTimeOffset>(at), row.IsDBNull(at + 1) ? null : row.GetString(at + 1));

    /// <inheritdoc/>
    public async Task ForgetAsync(Id<AccessToken> token, CancellationToken cancel)
    {
        foreach (var refused in (bool[])[false, true]) unwritten.TryRemove((token, refused), out _);
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
        foreach (var kind in taken.GroupBy(use => use.Key.Refused)) await WriteAsync([.. kind], kind.Key, cancel);
        // Only what was written; a use noted meanwhile stays.
        foreach (var use in taken) unwritten.TryRemove(use);
    }

    private async Task WriteAsync(
        KeyValuePair<(Id<AccessToken> Token, bool Refused), TokenUse>[] uses, bool refused, CancellationToken cancel)
    {
        var (at, address) = refused ? ("refused_at", "refused_from") : ("used_at", "address");
        await using var command = database.CreateCommand($"""
            insert into accounts.token_uses (token, {at}, {address})
            select * from unnest($1::uuid[], $2::timestamptz[], $3::text[])
            on conflict (token) do update set {at} = excluded.{at}, {address} = excluded.{address}
            where token_uses.{at} is null or token_uses.{at} < excluded.{at}
            """);
        command.Parameters.Add(new() { Value = uses.Select(use => use.Key.Token.Value).ToArray() });
        command.Parameters.Add(new() { Value = uses.Select(use => use.Value.At.UtcDateTime).ToArray() });
        command.Parameters.Add(new() { Value = uses.Select(use => use.Value.Address).ToArray() });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
