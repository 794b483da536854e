using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Portal.Tests.Fixtures;

namespace Portal.Tests.GraphQL.Transport;

/// <summary>Programs that others wrote to speak with servers, from npm. Installed beside package.json when needed.</summary>
public sealed class NpmClients : IAsyncLifetime
{
    private const string Needs = "Node.js and npm (Debian: apt-get install nodejs npm, or site/require browser)";

    private static readonly string Folder = Repository.PathOf("Portal.Tests", "GraphQL", "Transport", "npm");

    // Once for all classes that ask: two installations in one folder would break each other.
    private static readonly Lazy<Task> Installed = new(InstallAsync);

    public async ValueTask InitializeAsync() => await Installed.Value;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The lines that a script wrote.</summary>
    public static async Task<string[]> RunAsync(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var (said, complaint) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(true);
            }
        }
        Assert.True(
            process.ExitCode == 0,
            $"In {Folder}: {program} {string.Join(' ', arguments)}\n{await said}{await complaint}");
        return (await said).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task InstallAsync()
    {
        if (!IsInstalled())
        {
            await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }
    }

    private static bool IsInstalled() => Read(Path.Combine(Folder, "package.json")).GetProperty("dependencies").EnumerateObject()
        .All(wanted => Path.Combine(Folder, "node_modules", wanted.Name, "package.json") is var file && File.Exists(file)
            && Read(file).GetProperty("version").GetString() == wanted.Value.GetString());

    private static JsonElement Read(string file) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file));

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"The tests of the transports need {Needs}: {missing.Message}", missing);
        }
    }
}
