namespace Portal.EventStore;

/// <summary>The folder of archives.</summary>
/// <param name="path">Where it is; empty where a node has none.</param>
internal sealed class ArchiveFolder(string path)
{
    /// <summary>The path of a file in it.</summary>
    /// <exception cref="ArchiveException">There is no folder, or the name leads out of it.</exception>
    public string PathOf(string file) => path.Length == 0
        ? throw new ArchiveException("ARCHIVES_OFF", "This node knows no folder of archives.", "Name it by Portal:Archives:Folder.")
        : file.Length > 0 && Path.GetFileName(file) == file ? Path.Combine(path, file)
        : throw new ArchiveException("ARCHIVE_MISSING", $"'{file}' is no name of an archive's file.", "Verify the store.");

    /// <summary>Makes the folder where it is not there.</summary>
    public void Make()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf("archive"))!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException("ARCHIVE_NOT_WRITTEN", $"The folder of archives cannot be made: {fault.Message}",
                "See that Portal:Archives:Folder can be written to.");
        }
    }

    /// <summary>Whether a file lies there as it was written.</summary>
    /// <exception cref="ArchiveException">It does not.</exception>
    public async Task<string> FindAsync(string file, string sha256, CancellationToken cancel)
    {
        var at = PathOf(file);
        try
        {
            if (!File.Exists(at))
                throw new ArchiveException("ARCHIVE_MISSING", $"The archive {file} does not lie in {path}.", "Put it back there.");
            if ((await ArchiveFile.HashAsync(at, cancel)).Sha256 != sha256)
                throw new ArchiveException("ARCHIVE_CHANGED", $"The archive {file} in {path} is not as it was written.",
                    $"Put the one back whose SHA-256 is {sha256}.");
            return at;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException("ARCHIVE_MISSING", $"The archive {file} in {path} cannot be read: {fault.Message}",
                "See that the portal may read it.");
        }
    }

    /// <summary>Reads a file that is as it was written.</summary>
    /// <exception cref="ArchiveException">It is not there, or not as it was written.</exception>
    public async Task<ArchiveContents> ReadAsync(string file, string sha256, CancellationToken cancel) =>
        await ArchiveFile.ReadAsync(await FindAsync(file, sha256, cancel), cancel);
}
