using System.Collections.Concurrent;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Knows in which project a stream lives. That never changes, so what was looked up once is kept.</summary>
public sealed class StreamProjects(IEventStore store)
{
    private const int Most = 100_000;

    private readonly ConcurrentDictionary<string, Id<Project>?> known = new();

    /// <summary>The project of the stream that an event is of; null for what is somebody's own: keys, access tokens.</summary>
    public async ValueTask<Id<Project>?> FindAsync(Recorded recorded, CancellationToken cancel)
    {
        if (known.TryGetValue(recorded.Stream, out var project)) return project;
        var first = recorded;
        if (recorded.Version > 1)
            await foreach (var opening in store.ReadStreamAsync(recorded.Stream, 1, new(Version: 1), cancel)) first = opening;
        if (known.Count >= Most) known.Clear();
        return known[recorded.Stream] = (first.Body as IBelongsToProject)?.ProjectId;
    }
}
