using System.Diagnostics;
using System.Text.Json;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Browser;

/// <summary>A real provider of OpenID Connect (npm's oidc-provider) as a process.</summary>
public sealed class OidcServer : IAsyncDisposable
{
    public const string Secret = "of the portal and nobody else";

    private readonly Process process;

    private OidcServer(Process process) => this.process = process;

    /// <summary>Its issuer.</summary>
    public string Address { get; private set; } = "";

    public static async Task<OidcServer> StartAsync(CancellationToken cancel)
    {
        Secrets.Note("a provider's client secret", Secret);
        await NpmFolder.FileAsync("oidc-provider", "package.json");
        var start = new ProcessStartInfo("node", ["oidc.mjs"])
        {
            WorkingDirectory = Path.Combine(PortalServer.Root(), "Portal.Tests", "Browser", "npm"),
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var server = new OidcServer(Process.Start(start)!);
        // It warns of what is not for production.
        server.process.BeginErrorReadLine();
        var first = await server.HearAsync(line => line.StartsWith("{\"port\"", StringComparison.Ordinal), cancel);
        server.Address = $"http://127.0.0.1:{JsonElement.Parse(first).GetProperty("port").GetInt32()}";
        return server;
    }

    /// <summary>Serves a portal.</summary>
    public async Task ServeAsync(CancellationToken cancel, params string[] redirects)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { redirects }));
        await HearAsync(line => line == "ready", cancel);
    }

    /// <summary>Says from now on this of somebody.</summary>
    public async Task KnowAsync(object person, CancellationToken cancel)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { person }));
        await HearAsync(line => line == "known", cancel);
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    // What it warns of stands between.
    private async Task<string> HearAsync(Predicate<string> wanted, CancellationToken cancel)
    {
        while (await process.StandardOutput.ReadLineAsync(cancel) is { } line)
            if (wanted(line)) return line;
        throw new InvalidOperationException("The provider ended.");
    }
}
