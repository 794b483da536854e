using System.Collections.Concurrent;
using System.Data.Common;

namespace Portal.Web.Accounts;

/// <summary>Looks once a second which sessions of this node's open pages have ended, wherever that happened: with one question
/// for all of them, however many are open.</summary>
public sealed class SessionWatch(SessionTable table, TimeProvider time, ILogger<SessionWatch> log) : BackgroundService
{
    /// <summary>How often it is looked.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Watched, bool> watched = new();

    /// <summary>Watches a session until what comes back is disposed of.</summary>
    /// <param name="session">The session.</param>
    /// <param name="stamp">The account's stamp, as the page knows it.</param>
    /// <param name="ended">Told once, when the session has ended or goes on under another stamp.</param>
    public IDisposable Watch(Guid session, string? stamp, Action ended)
    {
        var one = new Watched(this, session, stamp, ended);
        watched[one] = true;
        return one;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (DbException error)
            {
                // What cannot be looked up has not ended: pages stay open, and the next second asks again.
                log.LogWarning(error, "Whether sessions have ended could not be looked up.");
            }
        }
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        // Those that are added meanwhile are looked at next time.
        var now = watched.Keys;
        if (now.Count == 0) return;
        var stamps = await table.SeenAsync([.. now.Select(one => one.Session).Distinct()], cancel);
        foreach (var one in now)
        {
            if (stamps.TryGetValue(one.Session, out var stamp) && stamp == one.Stamp) continue;
            if (watched.TryRemove(one, out _)) End(one);
        }
    }

    // A page that fails while it is told is no reason to watch the others no longer.
    private void End(Watched one)
    {
        try
        {
            one.Ended();
        }
        catch (Exception error)
        {
            log.LogWarning(error, "A page could not be told that its session ended.");
        }
    }

    private sealed class Watched(SessionWatch watch, Guid session, string? stamp, Action ended) : IDisposable
    {
        public Guid Session => session;

        public string? Stamp => stamp;

        public Action Ended => ended;

        public void Dispose() => watch.watched.TryRemove(this, out _);
    }
}
