namespace Portal.Jobs.Sites;

/// <summary>A file or folder as a place reports it.</summary>
/// <param name="Path">Its path there.</param>
/// <param name="Size">Bytes; 0 for a folder; <see cref="UnknownSize"/> where the place does not tell (HTTP may not).</param>
/// <param name="IsFolder">Whether it is a folder.</param>
/// <param name="Modified">When it was last changed, where the place tells.</param>
public sealed record FileStat(string Path, long Size, bool IsFolder, DateTimeOffset? Modified)
{
    /// <summary>Stands for a size that is not told.</summary>
    public const long UnknownSize = -1;
}

/// <summary>A file as it was found, and its content from the start where that came along.</summary>
/// <param name="Stat">What it is.</param>
/// <param name="Content">Its bytes; null where they have to be asked for. Whoever opened it disposes of it, soon: the place waits.</param>
public sealed record OpenedFile(FileStat Stat, Stream? Content);

/// <summary>A place with files: a machine or an endpoint. Streams are never held in memory whole; everything may be resumed
/// at an offset. Faults are thrown as <see cref="PlaceException"/>, which names them.</summary>
public interface IFiles
{
    /// <summary>What lies at the path, or null when nothing does.</summary>
    Task<FileStat?> StatAsync(string path, CancellationToken cancel);

    /// <summary>What lies at the path, with its content where one connection serves for both; null when nothing does.</summary>
    async Task<OpenedFile?> OpenAsync(string path, CancellationToken cancel) =>
        await StatAsync(path, cancel) is { } stat ? new(stat, null) : null;

    /// <summary>What lies in a folder, one level.</summary>
    Task<IReadOnlyList<FileStat>> ListAsync(string folder, CancellationToken cancel);

    /// <summary>The bytes of a file from an offset to its end. A cut connection throws; it never looks like an end of file.</summary>
    Task<Stream> ReadAsync(string path, long offset, CancellationToken cancel);

    /// <summary>Writes the content at the offset, which must be the file's present size (0 makes it anew, with the folders
    /// above it); returns when the place has confirmed all of it. A content that throws leaves what was written before.</summary>
    /// <returns>SHA-256, lower-case hex, of the bytes that arrived, computed at the place while they were written; null where the
    /// place cannot. Saves reading the file again.</returns>
    Task<string?> AppendAsync(string path, long offset, Stream content, CancellationToken cancel);

    /// <summary>SHA-256 of the file's first <paramref name="length"/> bytes (all of it when null) as lower-case hex, computed at
    /// the place; null where the place cannot.</summary>
    Task<string?> HashAsync(string path, long? length, CancellationToken cancel);

    /// <summary>Makes a folder and those above it; there already is fine.</summary>
    Task MakeFolderAsync(string folder, CancellationToken cancel);

    /// <summary>Renames a file over whatever has the new name.</summary>
    Task RenameAsync(string from, string to, CancellationToken cancel);

    /// <summary>Removes a file, or a folder with all in it; not there is fine.</summary>
    Task RemoveAsync(string path, CancellationToken cancel);
}
