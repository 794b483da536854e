namespace Portal.Jobs.Credentials;

/// <summary>The file of the portal's own keys: one a line, the first one seals, all open. Blank lines and those that begin with
/// # say nothing. For its owner alone.</summary>
public static class MasterKeyFile
{
    private const UnixFileMode ForItsOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>What the file says.</summary>
    /// <exception cref="InvalidOperationException">It is not there, or others may read it; the message says what to do.</exception>
    public static string Read(string path)
    {
        if (!File.Exists(path))
            throw new InvalidOperationException($"There is no file with the portal's key: {path}. Put it back from where it is kept.");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~ForItsOwner) != 0)
            throw new InvalidOperationException($"The portal's key file may be read by others: chmod 600 {path}");
        return File.ReadAllText(path);
    }

    /// <summary>Makes the file with a new key where there is none, on the disk before it is used.</summary>
    public static void Ensure(string path)
    {
        if (File.Exists(path)) return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = Draft(path, MasterKey.NewText() + "\n");
        try
        {
            // Two portals starting at once: one name wins, and both read that one.
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    /// <summary>Puts a new key in front of those that are there: whole or not at all.</summary>
    public static void PutNewInFront(string path)
    {
        var older = Read(path);
        File.Move(Draft(path, $"{MasterKey.NewText()}\n{older}"), path, overwrite: true);
    }

    private static string Draft(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = ForItsOwner;
        var draft = $"{path}.{Environment.ProcessId}.new";
        File.Delete(draft);
        using var file = new FileStream(draft, options);
        file.Write(System.Text.Encoding.ASCII.GetBytes(text));
        file.Flush(flushToDisk: true);
        return draft;
    }
}
