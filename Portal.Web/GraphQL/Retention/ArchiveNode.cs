using Portal.Domain.Common;
using Portal.Domain.Retention;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Execution;
using Portal.Web.GraphQL.Audit;

namespace Portal.Web.GraphQL.Retention;

/// <summary>Runs that ended long ago, or notes, in a file.</summary>
/// <param name="view">The archive.</param>
[ObjectType("Archive")]
public sealed class ArchiveNode(ArchiveView view)
{
    /// <summary>Its id.</summary>
    [Id("Archive")]
    public Id<ArchiveView> Id => new(view.Id);

    /// <summary>Its id on the command line: 32 hex digits.</summary>
    public string Key => Id.ToString();

    /// <summary>What its file is called, in the folder of archives.</summary>
    public string File => view.File;

    /// <summary>Size of that in bytes.</summary>
    public long Bytes => view.Bytes;

    /// <summary>Its SHA-256, lower-case hex.</summary>
    public string Sha256 => view.Sha256;

    /// <summary>How many runs are in it.</summary>
    public long RunCount => view.Runs;

    /// <summary>How many notes are in it: readings, refusals, exports, sign-ins.</summary>
    public long NoteCount => view.Notes;

    /// <summary>How many events.</summary>
    public long EventCount => view.Events;

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt => view.MadeAt;

    /// <summary>Who had it made.</summary>
    public ActorNode MadeBy => Of(view.MadeBy);

    /// <summary>When it was brought back; null while its events are in it alone.</summary>
    public DateTimeOffset? RestoredAt => view.RestoredAt;

    /// <summary>Who brought it back.</summary>
    public ActorNode? RestoredBy => view.RestoredBy is { } by ? Of(by) : null;

    private static ActorNode Of(EventMetadata by) => new(by.Actor, by.ActorKind, by.Door);
}

/// <summary>Where the contents of events are that were archived.</summary>
/// <param name="File">What the file is called, in the folder of archives.</param>
/// <param name="ArchivedAt">When they went there.</param>
[ObjectType("ArchivePlace")]
public sealed record ArchivePlaceNode(string File, DateTimeOffset ArchivedAt)
{
    internal static ArchivePlaceNode? Of(StreamArchive? archive) => archive is null ? null : new(archive.File, archive.Made);
}

/// <summary>Finds out which of many streams are archived, with one question.</summary>
/// <param name="store">Knows.</param>
public sealed class ArchiveLoader(IEventStore store) : DataLoader<string, StreamArchive>
{
    /// <inheritdoc/>
    protected override async Task FetchAsync(Batch<string, StreamArchive> batch, CancellationToken cancel)
    {
        foreach (var (stream, archive) in await store.ArchivedAsync([.. batch.Keys], cancel)) batch.Set(stream, archive);
    }
}
