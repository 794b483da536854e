using System.Collections.Concurrent;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Knows in which project a stream lives. That never changes, so what was looked up once is kept.</summary>
public sealed class StreamProjects(IEventStore store, IDocuments documents, IEventSearch search)
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<string, Id<Project>?> known = new();

    /// <summary>The project of the stream that an event is of; null for what is somebody's own: keys, access tokens.</summary>
    public async ValueTask<Id<Project>?> FindAsync(Recorded recorded, CancellationToken cancel)
    {
        if (known.TryGetValue(recorded.Stream, out var project)) return project;
        var first = recorded;
        if (recorded.Version > 1)
            try
            {
                await foreach (var opening in store.ReadStreamAsync(recorded.Stream, 1, new(Version: 1), cancel)) first = opening;
            }
            catch (StreamArchivedException)
            {
                return known[recorded.Stream] = await OfArchivedAsync(recorded, cancel);
            }
        if (first.Body is ArchivedEvent) return known[recorded.Stream] = await OfArchivedAsync(recorded, cancel);
        if (known.Count >= Most) known.Clear();
        return known[recorded.Stream] = (first.Body as IBelongsToProject)?.ProjectId;
    }

    /// <summary>Looks up at once what a page of events needs: of archived notes there may be many, each a stream of its
    /// own.</summary>
    public async Task LearnAsync(IEnumerable<Recorded> events, CancellationToken cancel)
    {
        var notes = events.Where(recorded => recorded.Body is ArchivedEvent && !Ledger.TryIdOf<Run>(recorded.Stream, out _)
            && !known.ContainsKey(recorded.Stream)).ToList();
        if (notes.Count == 0) return;
        var found = await search.KeysAsync(EventSearchIndex.Project, [.. notes.Select(note => note.Position)], cancel);
        if (known.Count >= Most) known.Clear();
        foreach (var note in notes)
            known[note.Stream] = found.TryGetValue(note.Position, out var project) ? new Id<Project>(project) : null;
    }

    // Lists know an archived run all the same, and the index an archived note.
    private async Task<Id<Project>?> OfArchivedAsync(Recorded recorded, CancellationToken cancel) =>
        Ledger.TryIdOf<Run>(recorded.Stream, out var id) ? (await documents.FindAsync<RunView>(id.ToString("n"), cancel))?.Project
        : (await search.KeysAsync(EventSearchIndex.Project, [recorded.Position], cancel)).Values.ToList() is [var project]
            ? new Id<Project>(project) : null;
}
