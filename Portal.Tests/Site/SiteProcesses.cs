using System.Globalization;

namespace Portal.Tests.Site;

/// <summary>What a site left in the process table: read from /proc, as the site itself does.</summary>
internal static class SiteProcesses
{
    /// <summary>Process ids that name the folder on their command line, in their environment or as working directory.</summary>
    public static List<int> Of(string folder) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var pid) ? pid : 0)
            .Where(pid => pid > 0 && pid != Environment.ProcessId && Mentions(pid, folder))];

    /// <summary>Regular files that the process holds open for writing.</summary>
    public static List<string> WrittenBy(int pid)
    {
        var files = new List<string>();
        foreach (var link in Directory.EnumerateFiles($"/proc/{pid}/fd"))
        {
            var target = new FileInfo(link).LinkTarget;
            var facts = File.ReadLines($"/proc/{pid}/fdinfo/{Path.GetFileName(link)}");
            var flags = Convert.ToInt32(facts.First(line => line.StartsWith("flags:", StringComparison.Ordinal))[6..].Trim(), 8);
            // O_WRONLY is 1, O_RDWR is 2 (open(2)); sockets, pipes and anonymous inodes are no paths.
            if ((flags & 3) != 0 && target is not null && target.StartsWith('/')) files.Add(target);
        }
        return files;
    }

    /// <summary>The addresses on which somebody listens at these ports, as /proc/net/tcp spells them.</summary>
    public static List<string> ListenersAt(IEnumerable<int> ports)
    {
        var wanted = ports.Select(port => port.ToString("X4", CultureInfo.InvariantCulture)).ToHashSet();
        return [.. new[] { "/proc/net/tcp", "/proc/net/tcp6" }.Where(File.Exists).SelectMany(File.ReadLines)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(part => part is [_, _, _, "0A", ..] && wanted.Contains(part[1].Split(':')[1]))
            .Select(part => part[1].Split(':')[0])];
    }

    private static bool Mentions(int pid, string folder)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Contains(folder, StringComparison.Ordinal)
                || File.ReadAllText($"/proc/{pid}/environ").Contains(folder, StringComparison.Ordinal)
                || (new FileInfo($"/proc/{pid}/cwd").LinkTarget ?? "").StartsWith(folder, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // Gone meanwhile, or somebody else's: no process of the site.
        }
    }
}
