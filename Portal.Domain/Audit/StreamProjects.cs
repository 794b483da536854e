using System.Collections.Concurrent;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Knows in which project a stream lives. That never changes, so what was looked up once is kept.</summary>
public sealed class StreamProjects(IEventStore store, IDocuments documents)
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
                return known[recorded.Stream] = await OfArchivedAsync(recorded.Stream, cancel);
            }
        if (first.Body is ArchivedEvent) return known[recorded.Stream] = await OfArchivedAsync(recorded.Stream, cancel);
        if (known.Count >= Most) known.Clear();
        return known[recorded.Stream] = (first.Body as IBelongsToProject)?.ProjectId;
    }

    // Nothing but runs is archived, and lists know them all the same.
    private async Task<Id<Project>?> OfArchivedAsync(string stream, CancellationToken cancel) =>
        Ledger.TryIdOf<Run>(stream, out var id) ? (await documents.FindAsync<RunView>(id.ToString("n"), cancel))?.Project : null;
}
