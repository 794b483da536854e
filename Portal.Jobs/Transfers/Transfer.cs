using Portal.Jobs.Sites;

namespace Portal.Jobs.Transfers;

/// <summary>Bytes to be moved from one place to another.</summary>
/// <param name="Source">Where they come from.</param>
/// <param name="SourcePath">The file there.</param>
/// <param name="Target">Where they go.</param>
/// <param name="TargetPath">The file there; <c>.part</c> is added until all of it has arrived and is verified. Beside it, with
/// <c>.journal</c> added, stands a small file that says how far the hash is.</param>
public sealed record TransferRequest(IFiles Source, string SourcePath, IFiles Target, string TargetPath);

/// <summary>How far a transfer is.</summary>
/// <param name="Bytes">Bytes at the target, those of earlier attempts included.</param>
/// <param name="Total">Size of the source, where it tells.</param>
/// <param name="ResumedFrom">The offset this attempt began at.</param>
public sealed record TransferProgress(long Bytes, long? Total, long ResumedFrom);

/// <summary>A transfer that ended well.</summary>
/// <param name="Bytes">Size.</param>
/// <param name="Sha256">Lower-case hex, of what the source gave; the target has computed or confirmed the same.</param>
/// <param name="Reused">Whether the file was there already with this content.</param>
public sealed record TransferReceipt(long Bytes, string Sha256, bool Reused);

/// <summary>Moves files: source at an offset, hash, <c>.part</c> at the target, size and SHA-256 compared, renamed. Nothing is
/// written on the portal's disk and memory is flat whatever the size. One attempt a call; a fault is a
/// <see cref="PlaceException"/> and leaves the <c>.part</c> for the next attempt to go on from.</summary>
public interface ITransfers
{
    /// <summary>Moves one file. Progress is reported at most once a second, and at the end.</summary>
    Task<TransferReceipt> MoveAsync(TransferRequest request, Func<TransferProgress, ValueTask> progress, CancellationToken cancel);

    /// <summary>Removes the journal of a transfer. To be called once the receipt is recorded: until then the journal lets a
    /// repeated <see cref="MoveAsync"/> see that the file has arrived.</summary>
    Task ForgetAsync(TransferRequest request, CancellationToken cancel);

    /// <summary>Removes whatever an unfinished transfer has left: part and journal.</summary>
    Task AbandonAsync(TransferRequest request, CancellationToken cancel);
}
