using System.Runtime.CompilerServices;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Retention;

/// <summary>Knows which notes may be archived, and archives them. A note is an event that stands in a stream of its own, and that
/// nothing follows: somebody read what others did, was refused, took events away, signed in or out, or did not get in.</summary>
public sealed class ArchivableNotes(
    IEventSearch search, IDocuments documents, RetentionHolds holds, IAccounts accounts, IArchives archives)
{
    /// <summary>What an archive of notes is called.</summary>
    public const string What = "notes";

    private const int Page = 2000;

    // Of an archive. They are scattered over many seals, and the leaves of all of these are in memory while they are proven.
    private const int MostTogether = 4000;

    /// <summary>The stored names of their types.</summary>
    public static IReadOnlyList<string> Types { get; } =
        ["record_read", "access_denied", "events_exported", "signed_in", "signed_out", "sign_in_failed"];

    /// <summary>How many were recorded before a moment and could be archived, and how many a hold keeps.</summary>
    public async Task<(long Free, long Held)> CountAsync(DateTimeOffset before, CancellationToken cancel)
    {
        var held = await HeldAsync(cancel);
        var (free, kept) = (0L, 0L);
        await foreach (var note in RecordedAsync(before, cancel))
            if (held.Hold(note)) kept++;
            else free++;
        return (free, kept);
    }

    /// <summary>Archives them, oldest first, in as many archives as it takes, but no more than some.</summary>
    /// <param name="caller">Who wants it.</param>
    /// <param name="before">They were recorded before this.</param>
    /// <param name="most">How many archives at most.</param>
    /// <param name="cancel">Gives up; what was archived stays so.</param>
    /// <returns>The archives, or why the first could not be made.</returns>
    public async Task<Result<IReadOnlyList<StreamsArchived>>> ArchiveAsync(
        Caller caller, DateTimeOffset before, int most, CancellationToken cancel)
    {
        var made = new List<StreamsArchived>();
        if (most <= 0) return made;
        await foreach (var notes in RecordedAsync(before, cancel).Chunk(MostTogether).WithCancellation(cancel))
        {
            if (made.Count == most) break;
            var one = await OneAsync(caller, notes, cancel);
            if (!one.Ok && one.Problems is { } problems)
                return made.Count > 0 ? made : Result.Refused<IReadOnlyList<StreamsArchived>>(problems);
            if (one.Value is { } archive) made.Add(archive);
        }
        return made;
    }

    // Whoever places a hold has their turn before or after: nothing is archived beside a hold that was just placed.
    private async Task<Result<StreamsArchived?>> OneAsync(Caller caller, Recorded[] notes, CancellationToken cancel)
    {
        await using var turn = await accounts.TakeTurnAsync(cancel);
        var held = await HeldAsync(cancel);
        return await archives.MakeAsync(
            caller, [.. notes.Where(note => !held.Hold(note)).Select(note => note.Stream)], long.MaxValue, What, cancel);
    }

    private async Task<HeldNotes> HeldAsync(CancellationToken cancel)
    {
        var held = (await holds.OnRunsAsync(cancel)).Subjects;
        var ids = held.Select(one => one.Subject).ToHashSet();
        // What a person's access token did names the token alone.
        foreach (var (_, person) in held.Where(one => one.Kind == HeldKind.Person))
            for (string? after = null; ;)
            {
                var page = await documents.QueryAsync<AccessTokenView>(
                    new([new("user_id", Comparison.Equal, person.ToString("n"))], "name", Limit: 200, After: after), cancel);
                ids.UnionWith(page.Items.Select(token => token.Id.Value));
                if ((after = page.Next) is null) break;
            }
        return new(ids);
    }

    private async IAsyncEnumerable<Recorded> RecordedAsync(
        DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancel)
    {
        var wanted = new EventSearch { Types = [.. Types], Until = before };
        for (var more = true; more;)
        {
            var found = await search.PageAsync(wanted, newestFirst: false, Page, cancel);
            foreach (var note in found.Events.Where(note => note.Body is not ArchivedEvent)) yield return note;
            if (more = found.More) wanted = wanted with { After = found.Events[^1].Position };
        }
    }
}
