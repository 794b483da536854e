using System.ComponentModel;
using System.Diagnostics;

namespace Portal.Benchmarks.GraphQL;

/// <summary>A server as a process of its own. It writes its address first, and ends when its standard input does: so none
/// outlives the benchmark, however that ends.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    /// <summary>Where it answers: /graphql there.</summary>
    public Uri Address { get; }

    /// <summary>This program in another role, with the garbage collector that Portal.Web has.</summary>
    public static Task<ServerProcess> StartOursAsync(string role, CancellationToken cancel) => StartAsync(
        new(Environment.ProcessPath!, [typeof(ServerProcess).Assembly.Location, role]) { Environment = { ["DOTNET_gcServer"] = "1" } },
        cancel);

    /// <summary>A script in Node, as in production.</summary>
    public static Task<ServerProcess> StartNodeAsync(string script, string argument, CancellationToken cancel) => StartAsync(
        new("node", [script, argument]) { Environment = { ["NODE_ENV"] = "production" } }, cancel);

    private static async Task<ServerProcess> StartAsync(ProcessStartInfo start, CancellationToken cancel)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        var process = Begin(start);
        try
        {
            var address = await process.StandardOutput.ReadLineAsync(cancel)
                ?? throw new InvalidOperationException($"{string.Join(' ', start.ArgumentList)} ended before it served.");
            return new(process, new(address));
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    private static Process Begin(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"'{start.FileName}' is needed (site/require browser installs Node.js).", missing);
        }
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync() => await EndAsync(process);

    private static async Task EndAsync(Process process)
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }
        process.Dispose();
    }
}
