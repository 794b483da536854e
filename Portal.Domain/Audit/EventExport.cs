using System.Runtime.CompilerServices;
using Portal.Domain.Common;
using Portal.EventStore;

namespace Portal.Domain.Audit;

/// <summary>Events that are being taken away, as they stand in the record. Each taking is noted when it ends, however it
/// does.</summary>
public sealed class EventExport : IDisposable
{
    private readonly ExportDigest digest = new();
    private readonly IAsyncEnumerable<ExportPart> parts;
    private readonly Func<EventsExported, CancellationToken, Task<Result<EventProof?>>> note;
    private readonly EventsExported begun;
    private long unsealed;

    internal EventExport(EventsExported begun, string? keys, IAsyncEnumerable<ExportPart> parts,
        Func<EventsExported, CancellationToken, Task<Result<EventProof?>>> note) =>
        (this.begun, Keys, this.parts, this.note) = (begun, keys, parts, note);

    /// <summary>Position of the last event that had been indexed when it was asked for.</summary>
    public long UpTo => begun.UpTo;

    /// <summary>The public keys of the seals, PEM; null where the file brings no proof.</summary>
    public string? Keys { get; }

    /// <summary>How many events there were so far.</summary>
    public long Events => digest.Events;

    /// <summary>The events, oldest first, with their seals where the file brings its proof.</summary>
    public async IAsyncEnumerable<ExportPart> PartsAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var part in parts.WithCancellation(cancel))
        {
            foreach (var recorded in part.Events) digest.Add(recorded.Position, recorded.Hash);
            unsealed = part.Ends is null ? unsealed + part.Events.Count : 0;
            yield return part.Ends is { } group ? part with { Ends = group with { Digest = digest.SoFar } } : part;
        }
    }

    /// <summary>Notes that all of it was sent.</summary>
    /// <returns>The note with its proof; null where the file brings none.</returns>
    public Task<Result<EventProof?>> EndAsync(long? last, CancellationToken cancel) => note(begun with
    {
        Complete = true, Events = Events, Last = last, Digest = digest.SoFar, Unsealed = Keys is null ? null : unsealed,
    }, cancel);

    /// <summary>Notes that it broke off, and how far it had come.</summary>
    /// <param name="sent">How many events were sent.</param>
    /// <param name="last">Position of the last of them.</param>
    /// <param name="cancel">Gives up.</param>
    public Task BreakOffAsync(long sent, long? last, CancellationToken cancel) =>
        note(begun with { Events = sent, Last = last }, cancel);

    /// <inheritdoc/>
    public void Dispose() => digest.Dispose();
}
