namespace Portal.Jobs.Code;

/// <summary>A temporary folder for its owner alone, removed with this unless it was kept.</summary>
internal sealed class Scratch : IAsyncDisposable
{
    public Scratch(string below)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("Folders for the owner alone need file modes.");
        Folder = Path.Combine(below, "portal-code-" + Path.GetRandomFileName());
        Directory.CreateDirectory(below);
        Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Keeps one folder inside, in a place of its own, and gives its new path; the rest goes.</summary>
    public string Keep(string inside)
    {
        var kept = Folder + ".code";
        Directory.Move(Path.Combine(Folder, inside), kept);
        return kept;
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
