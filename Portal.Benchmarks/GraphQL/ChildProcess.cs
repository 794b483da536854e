using System.ComponentModel;
using System.Diagnostics;

namespace Portal.Benchmarks.GraphQL;

/// <summary>A process beside the benchmark's. It writes a line when it is ready, and ends when its standard input does: so none
/// outlives the benchmark, however that ends.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process process;

    private ChildProcess(Process process, string greeting) => (this.process, Greeting) = (process, greeting);

    /// <summary>What it wrote first; a server where it answers.</summary>
    public string Greeting { get; }

    /// <summary>This program in another role, with the garbage collector that Portal.Web has.</summary>
    /// <param name="role">The word that says which.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <param name="isInline">Whether the thread that hears of a socket does the work, as in Node: nothing may block it.</param>
    public static Task<ChildProcess> StartOursAsync(string role, CancellationToken cancel, bool isInline = false) => StartAsync(
        new(Environment.ProcessPath!, [typeof(ChildProcess).Assembly.Location, role])
        {
            Environment =
            {
                ["DOTNET_gcServer"] = "1",
                ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = isInline ? "1" : "0",
            },
        },
        cancel);

    /// <summary>A script in Node, as in production.</summary>
    public static Task<ChildProcess> StartNodeAsync(string script, string argument, CancellationToken cancel) => StartAsync(
        new("node", [script, argument]) { Environment = { ["NODE_ENV"] = "production" } }, cancel);

    private static async Task<ChildProcess> StartAsync(ProcessStartInfo start, CancellationToken cancel)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput) = (true, true);
        var process = Begin(start);
        try
        {
            return new(process, await ReadAsync(process, cancel));
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    /// <summary>Writes a line to it, and waits for the one that it answers.</summary>
    public async Task<string> AskAsync(string line, CancellationToken cancel)
    {
        await process.StandardInput.WriteLineAsync(line.AsMemory(), cancel);
        await process.StandardInput.FlushAsync(cancel);
        return await ReadAsync(process, cancel);
    }

    private static async Task<string> ReadAsync(Process process, CancellationToken cancel) =>
        await process.StandardOutput.ReadLineAsync(cancel)
            ?? throw new InvalidOperationException($"{string.Join(' ', process.StartInfo.ArgumentList)} ended too early.");

    private static Process Begin(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"'{start.FileName}' is needed: site/require node installs Node.js.", missing);
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
