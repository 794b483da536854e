using System.Diagnostics;

namespace Portal.Tests.Browser;

/// <summary>The packages of npm that tests use, installed when the first asks.</summary>
public static class NpmFolder
{
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>The path of a file in a package.</summary>
    public static async Task<string> FileAsync(params string[] path)
    {
        var folder = Path.Combine(PortalServer.Root(), "Portal.Tests", "Browser", "npm");
        var file = Path.Combine([folder, "node_modules", .. path]);
        await Turn.WaitAsync();
        try
        {
            if (File.Exists(file)) return file;
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = folder,
            })!;
            await npm.WaitForExitAsync();
            return file;
        }
        finally
        {
            Turn.Release();
        }
    }
}
