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
    private readonly Func<EventsExported, CancellationToken, Task<Result<Noted>>> note;
    private readonly Func<Noted, CancellationToken, Task<EventProof>> prove;
    private readonly EventsExported begun;
    private long unsealed;
    private bool ended;

    internal EventExport(EventsExported begun, string? keys, IAsyncEnumerable<ExportPart> parts,
        Func<EventsExported, CancellationToken, Task<Result<Noted>>> note, Func<Noted, CancellationToken, Task<EventProof>> prove) =>
        (this.begun, Keys, this.parts, this.note, this.prove) = (begun, keys, parts, note, prove);

    /// <summary>Where the note of a taking stands.</summary>
    internal sealed record Noted(string Stream, long Position);

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
    public async Task<Result<EventProof?>> EndAsync(long? last, CancellationToken cancel)
    {
        var noted = await note(begun with
        {
            Complete = true, Events = Events, Last = last, Digest = digest.SoFar, Unsealed = Keys is null ? null : unsealed,
        }, cancel);
        if (!noted.Ok) return Result.Refused<EventProof?>(noted.Problems);
        ended = true;
        return Result.Of(Keys is null ? null : await prove(noted.Value, cancel));
    }

    /// <summary>Notes that it broke off, and how far it had come, where nothing is noted yet.</summary>
    /// <param name="sent">How many events were sent.</param>
    /// <param name="last">Position of the last of them.</param>
    /// <param name="cancel">Gives up.</param>
    public Task BreakOffAsync(long sent, long? last, CancellationToken cancel) =>
        ended ? Task.CompletedTask : note(begun with { Events = sent, Last = last }, cancel);

    /// <inheritdoc/>
    public void Dispose() => digest.Dispose();
}
