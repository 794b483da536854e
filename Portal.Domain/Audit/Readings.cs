using System.Collections.Concurrent;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Notes as events what auditors and administrators read of others, each in a stream of its own, so that nobody waits
/// for anybody. The same reading of the same thing by the same person or token is noted once in a quarter of an hour, by each
/// node for itself. What cannot be noted is not shown: whoever calls this does so before they answer.</summary>
public sealed class Readings(Ledger ledger, IDocuments documents, IChance chance) : IDisposable
{
    /// <summary>What the streams' names begin with.</summary>
    public const string Prefix = "reading";

    /// <summary>For how long a reading stands for all like it.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(15);

    // For how long it is remembered whether somebody's readings are noted: a role that was just given counts this much later.
    private static readonly TimeSpan RoleSpan = TimeSpan.FromSeconds(10);

    private const int Most = 100_000;

    private readonly ConcurrentDictionary<(Guid Actor, Id<Project>? Project, string Kind, string About), DateTimeOffset> noted = new();
    private readonly ConcurrentDictionary<(Id<User>, Id<Project>?), (bool Watched, DateTimeOffset Until)> roles = new();
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Notes it, where the caller audits the project or the installation, or administers the installation, and where it
    /// is not their own: not in their personal project, nor of a run that they submitted.</summary>
    /// <param name="caller">Who reads.</param>
    /// <param name="project">Where it happened; null for what is read of the whole installation.</param>
    /// <param name="kind">One of <see cref="ReadingKind"/>.</param>
    /// <param name="about">Which one: an id, and behind a blank what of it.</param>
    /// <param name="cancel">Gives up.</param>
    public Task NoteAsync(Caller caller, Id<Project>? project, string kind, string about, CancellationToken cancel) =>
        NoteAsync(caller, project, kind, [about], cancel);

    /// <summary>The same for several things, in one append.</summary>
    public async Task NoteAsync(
        Caller caller, Id<Project>? project, string kind, IReadOnlyCollection<string> about, CancellationToken cancel)
    {
        if (caller.User is not { } user || project?.Value == user.Value) return;
        var now = chance.Now;
        if (!await IsWatchedAsync(user, project, now, cancel)) return;
        var actor = caller.TokenId ?? user.Value;
        if (about.All(IsNoted)) return;
        await turn.WaitAsync(cancel);
        try
        {
            var writes = new List<Write>();
            var fresh = about.Where(one => !IsNoted(one)).Distinct().ToList();
            foreach (var one in fresh)
            {
                if (await IsOwnAsync(user, one, cancel)) continue;
                writes.Add(new($"{Prefix}-{chance.NewGuid():n}", 0,
                    [new RecordRead(project ?? new Id<Project>(user.Value), user, kind, one)]));
            }
            await ledger.AppendAsync(caller, writes, cancel);
            if (noted.Count >= Most) noted.Clear();
            foreach (var one in fresh) noted[(actor, project, kind, one)] = now + Span;
        }
        finally
        {
            turn.Release();
        }

        bool IsNoted(string one) => noted.TryGetValue((actor, project, kind, one), out var until) && now < until;
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<bool> IsWatchedAsync(Id<User> user, Id<Project>? project, DateTimeOffset now, CancellationToken cancel)
    {
        if (roles.TryGetValue((user, project), out var known) && now < known.Until) return known.Watched;
        var watched = await documents.FindAsync<AccountStanding>(user.ToString(), cancel) is { Administrator: true } or { Auditor: true }
            || (project is { } one
                && await documents.FindAsync<Membership>(Membership.IdOf(one, user), cancel) is { Role: Role.Auditor });
        if (roles.Count >= Most) roles.Clear();
        roles[(user, project)] = (watched, now + RoleSpan);
        return watched;
    }

    // What is about a run begins with its id.
    private async Task<bool> IsOwnAsync(Id<User> user, string about, CancellationToken cancel) =>
        Id<Run>.TryParse(about.Split(' ')[0], out var run)
        && await documents.FindAsync<RunView>(run.ToString(), cancel) is { } view && view.SubmittedBy == user;
}
