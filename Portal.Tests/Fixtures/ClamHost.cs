using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Tests.Fixtures;

/// <summary>A real clamd that knows one thing, on a socket of its own.</summary>
public sealed class ClamHost : IAsyncLifetime
{
    /// <summary>What it finds something in.</summary>
    public static readonly byte[] Marked = "a file that is marked"u8.ToArray();

    /// <summary>What it calls that.</summary>
    public const string Name = "Portal-Marked.UNOFFICIAL";

    /// <summary>The most that it takes.</summary>
    public const int Most = 1 << 20;

    private readonly string folder = Directory.CreateTempSubdirectory("portal-clam-").FullName;
    private Process process = null!;
    private Task reading = Task.CompletedTask;

    /// <summary>Where it listens.</summary>
    public string Socket => Path.Combine(folder, "s");

    /// <summary>An empty folder.</summary>
    public string Scratch => Path.Combine(folder, "scratch");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder, "known"));
        Directory.CreateDirectory(Scratch);
        await File.WriteAllTextAsync(Path.Combine(folder, "known", "marked.hdb"),
            $"{Convert.ToHexStringLower(MD5.HashData(Marked))}:{Marked.Length}:Portal-Marked\n");
        await File.WriteAllTextAsync(Path.Combine(folder, "clamd.conf"),
            $"DatabaseDirectory {folder}/known\nLocalSocket {Socket}\nForeground yes\nStreamMaxLength {Most}\n");
        process = Process.Start(new ProcessStartInfo("/usr/sbin/clamd", ["-c", Path.Combine(folder, "clamd.conf")])
        {
            RedirectStandardOutput = true,
        })!;
        var said = new StringBuilder();
        // It listens before it says that it checks itself.
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (said.AppendLine(line) is var _ && line.StartsWith("Self checking", StringComparison.Ordinal)) break;
        Assert.True(File.Exists(Socket), $"clamd did not start: site/require scanner\n{said}");
        reading = process.StandardOutput.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
