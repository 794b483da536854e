using System.Globalization;

namespace Portal.Jobs.Sites.OpenSsh;

/// <summary>A folder in memory for one site's sockets, its public key and its pinned host keys; nobody else may enter it.</summary>
internal sealed class RuntimeFolder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private RuntimeFolder(string path) => Path = path;

    /// <summary>Its path; short, as sockets below it may have about 100 characters.</summary>
    public string Path { get; }

    /// <summary>A path in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Makes one, named for this process, so that what a killed portal left can be told from what is in use.</summary>
    public static RuntimeFolder Make(string? root)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("The portal needs folders that nobody else may enter.");
        root = Root(root);
        Directory.CreateDirectory(root, Private);
        var name = string.Create(CultureInfo.InvariantCulture,
            $"{Environment.ProcessId}-{StartOf(Environment.ProcessId)}-{Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()[..5])}");
        return new(Directory.CreateDirectory(System.IO.Path.Combine(root, name), Private).FullName);
    }

    /// <summary>Removes the folders of portals that are no more.</summary>
    public static void Sweep(string? root)
    {
        root = Root(root);
        if (!Directory.Exists(root)) return;
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            var parts = System.IO.Path.GetFileName(folder).Split('-');
            if (parts.Length != 3 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            if (StartOf(id) != parts[1]) Remove(folder);
        }
    }

    private static string Root(string? root)
    {
        if (root is not null) return root;
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        var below = runtime is { Length: > 0 and < 40 } && Directory.Exists(runtime) ? runtime : "/dev/shm";
        return System.IO.Path.Combine(below, "portal-ssh-" + Environment.UserName);
    }

    /// <summary>When a process started, in clock ticks since boot (proc(5), field 22); null where there is none.</summary>
    private static string? StartOf(int process)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Its guard was quicker.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Remove(Path);
}
