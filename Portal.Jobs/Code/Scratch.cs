namespace Portal.Jobs.Code;

/// <summary>A temporary folder for its owner alone, removed with this. While it is in use a file in it is locked (flock(2)), so that
/// what a killed portal left can be told from what another one, perhaps in another container, works with.</summary>
internal sealed class Scratch : IAsyncDisposable
{
    private const string Names = "portal-code-", InUse = "in-use";
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);
    private readonly string whole;
    private readonly FileStream hold;

    public Scratch(string below)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("Folders for the owner alone need file modes.");
        whole = Path.Combine(below, Names + Path.GetRandomFileName());
        Directory.CreateDirectory(below);
        Directory.CreateDirectory(whole, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        hold = Hold(whole, FileMode.CreateNew);
        Folder = Directory.CreateDirectory(Path.Combine(whole, "work")).FullName;
    }

    /// <summary>The folder to work in.</summary>
    public string Folder { get; }

    /// <summary>Removes what portals that are no more have left. What cannot be removed stays for the next start.</summary>
    public static void Sweep(string below)
    {
        if (!Directory.Exists(below)) return;
        foreach (var left in Directory.EnumerateDirectories(below, Names + "*"))
        {
            try
            {
                // Without the file it is being made just now, or was left by a portal that died at that moment.
                var inUse = File.Exists(Path.Combine(left, InUse));
                if (!inUse && Directory.GetLastWriteTimeUtc(left) > DateTime.UtcNow - Fresh) continue;
                using var hold = inUse ? Hold(left, FileMode.Open) : null;
                Directory.Delete(left, recursive: true);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Somebody works there, or it is another account's.
            }
        }
    }

    private static FileStream Hold(string folder, FileMode mode) =>
        new(Path.Combine(folder, InUse), mode, FileAccess.ReadWrite, FileShare.None);

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(whole)) Directory.Delete(whole, recursive: true);
        hold.Dispose();
        return ValueTask.CompletedTask;
    }
}
