using Portal.Domain.Runs;
using Portal.Jobs.Sites;
using Portal.Jobs.Transfers.Hashing;

namespace Portal.Jobs.Transfers;

/// <summary>Transfers as docs/adr/0004 describes them: what is resumed, and what is proven at the end.</summary>
public sealed class StreamingTransfers(TimeProvider time) : ITransfers
{
    /// <inheritdoc/>
    public async Task<TransferReceipt> MoveAsync(
        TransferRequest request, Func<TransferProgress, ValueTask> progress, CancellationToken cancel)
    {
        var there = new There(await request.Target.StatAsync(request.TargetPath, cancel), await request.Target.StatAsync(Part(request), cancel));
        var opened = await SourceAsync(request, there.Nothing, cancel);
        await using var content = opened.Content;
        var (source, since) = (opened.Stat, time.GetTimestamp());
        var journal = await TransferJournal.OpenAsync(request, source, cancel);
        if (await ArrivedAsync(request, source, there, journal, cancel) is { } arrived)
        {
            await progress(new(arrived.Bytes, arrived.Bytes, arrived.Bytes));
            return arrived;
        }
        var start = await ResumeAsync(request, source, there.Part, journal, cancel);
        var (bytes, sha256, landed) = await SendAsync(request, source,
            time.GetElapsedTime(since) < Fresh ? content : null, journal, start, progress, cancel);
        await VerifyAsync(request, bytes, sha256, start.Offset == 0 ? landed : null, cancel);
        await journal.FinishAsync(sha256, cancel);
        await request.Target.RenameAsync(Part(request), request.TargetPath, cancel);
        return new(bytes, sha256, false);
    }

    /// <inheritdoc/>
    public Task ForgetAsync(TransferRequest request, CancellationToken cancel) =>
        request.Target.RemoveAsync(TransferJournal.PathOf(request), cancel);

    /// <inheritdoc/>
    public async Task AbandonAsync(TransferRequest request, CancellationToken cancel)
    {
        await request.Target.RemoveAsync(Part(request), cancel);
        await ForgetAsync(request, cancel);
    }

    // How long an opened source is held while the target is looked at; after that it may have been given up there.
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly record struct Start(long Offset, HashMark? Mark);

    private static string Part(TransferRequest request) => request.TargetPath + ".part";

    // What lies at the target before anything is done.
    private readonly record struct There(FileStat? Target, FileStat? Part)
    {
        public bool Nothing => Target is null && Part is null;
    }

    // Only where nothing is there yet will it surely be read from the start.
    private static async Task<OpenedFile> SourceAsync(TransferRequest request, bool open, CancellationToken cancel) =>
        (open ? await request.Source.OpenAsync(request.SourcePath, cancel)
            : await request.Source.StatAsync(request.SourcePath, cancel) is { } stat ? new OpenedFile(stat, null) : null) switch
        {
            null => throw new PlaceException(FaultKind.Final, new(FailureName.InputMissing,
                $"“{request.SourcePath}” does not exist.", null, "Check the path.")),
            { Stat.IsFolder: true } => throw new PlaceException(FaultKind.Final, new(FailureName.InvalidDescription,
                $"“{request.SourcePath}” is a folder, not a file.", null, "Name a file.")),
            var file => file,
        };

    // Whether the file, whole, has arrived before: by the journal of the transfer that brought it, or by both places' own hashes.
    private static async Task<TransferReceipt?> ArrivedAsync(
        TransferRequest request, FileStat source, There there, TransferJournal journal, CancellationToken cancel)
    {
        if (source.Size < 0) return null;
        var (target, part) = there;
        if (target is null && journal.Done is not null && part?.Size == source.Size)
        {
            // Verified, and then interrupted before the rename.
            await VerifyAsync(request, source.Size, journal.Done, null, cancel);
            await request.Target.RenameAsync(Part(request), request.TargetPath, cancel);
            return new(source.Size, journal.Done, true);
        }
        if (target is not { IsFolder: false } || target.Size != source.Size) return null;
        var expected = journal.Done ?? await request.Source.HashAsync(request.SourcePath, null, cancel);
        if (expected is null) return null;
        var actual = await request.Target.HashAsync(request.TargetPath, null, cancel);
        // A place without hashes: what the journal says was read back when it was written.
        if (actual is null ? journal.Done is null : actual != expected) return null;
        return new(source.Size, expected, true);
    }

    // Where to go on: the part's length, and the last state of the hash before it. The target's own hash of the part must fit as
    // far as the state goes; anything doubtful begins anew.
    private static async Task<Start> ResumeAsync(
        TransferRequest request, FileStat source, FileStat? part, TransferJournal journal, CancellationToken cancel)
    {
        if (part is { IsFolder: false, Size: > 0 } && part.Size <= source.Size && journal.Before(part.Size) is { } mark)
        {
            var there = await request.Target.HashAsync(Part(request), mark.Length, cancel);
            if (there is null || there == ResumableSha256.From(mark).Hex()) return new(part.Size, mark);
        }
        if (part is not null) await request.Target.RemoveAsync(Part(request), cancel);
        await journal.StartAsync(cancel);
        return new(0, null);
    }

    private async Task<(long Bytes, string Sha256, string? Arrived)> SendAsync(TransferRequest request, FileStat source,
        Stream? opened, TransferJournal journal, Start start, Func<TransferProgress, ValueTask> progress, CancellationToken cancel)
    {
        var hash = start.Mark is null ? new ResumableSha256() : ResumableSha256.From(start.Mark);
        var total = source.Size < 0 ? (long?)null : source.Size;
        var content = hash.Length == total ? Stream.Null
            : hash.Length == 0 && opened is not null ? opened
            : await request.Source.ReadAsync(request.SourcePath, hash.Length, cancel);
        await using var conveyor = new Conveyor(content, hash, start.Offset, cancel);
        await using var pulse = new TransferPulse(conveyor, journal, total, start.Offset, progress, time);
        string? arrived;
        try
        {
            arrived = await request.Target.AppendAsync(Part(request), start.Offset, conveyor, cancel);
        }
        finally
        {
            await pulse.StopAsync();
        }
        cancel.ThrowIfCancellationRequested();
        if (conveyor.Fault is { } fault)
            throw fault as PlaceException ?? new PlaceException(FaultKind.Transient, new(FailureName.Unreachable, "The source was cut off.",
                fault.Message, "Nothing: it goes on from there."), fault);
        if (total is not null && hash.Length != total)
        {
            await request.Target.RemoveAsync(Part(request), cancel);
            throw new PlaceException(FaultKind.Transient, new(FailureName.IntegrityMismatch,
                $"“{request.SourcePath}” gave {hash.Length} bytes where {total} were announced.", null, "Do not change it while it is read."));
        }
        return (hash.Length, hash.Hex(), arrived);
    }

    // The target's size and hash against what the source gave. A place that cannot hash gives the bytes back to be hashed here.
    private static async Task VerifyAsync(
        TransferRequest request, long bytes, string sha256, string? arrived, CancellationToken cancel)
    {
        var part = await request.Target.StatAsync(Part(request), cancel);
        // A server may take a cut connection for the end of the file, and say that all is well.
        if (part?.Size < bytes)
            throw new PlaceException(FaultKind.Transient, new(FailureName.Unreachable, $"Not all of “{request.SourcePath}” arrived.",
                $"sent: {bytes} bytes, arrived: {part.Size} bytes", "Nothing: it goes on from there."));
        var actual = part?.Size != bytes ? null
            : arrived ?? await request.Target.HashAsync(Part(request), null, cancel) ?? await ReadBackAsync(request, cancel);
        if (actual == sha256) return;
        await request.Target.RemoveAsync(Part(request), cancel);
        throw new PlaceException(FaultKind.Transient, new(FailureName.IntegrityMismatch,
            $"What arrived of “{request.SourcePath}” is not what was sent.",
            $"sent: {bytes} bytes, SHA-256 {sha256}; arrived: {part?.Size ?? 0} bytes, SHA-256 {actual ?? "not asked"}",
            "It is sent again from the start. If that happens again, look at the disk there."));
    }

    private static async Task<string> ReadBackAsync(TransferRequest request, CancellationToken cancel)
    {
        await using var conveyor = new Conveyor(await request.Target.ReadAsync(Part(request), 0, cancel), new(), long.MaxValue, cancel);
        await Bulk.CarryAsync(conveyor, Stream.Null, cancel);
        return conveyor.Fault is null ? conveyor.Hex : throw conveyor.Fault;
    }
}
