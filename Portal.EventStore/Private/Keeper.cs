using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Portal.EventStore;

/// <summary>Starts the server, and starts it again when it ends unasked. It has a thread of its own, because the kernel ends
/// the server when the thread that started it ends.</summary>
internal sealed class Keeper : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    private readonly ManualResetEventSlim stopping = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ClusterProgram program;
    private readonly ILogger log;
    private volatile int process;
    private volatile int exits;

    public Keeper(ClusterProgram program, ILogger log)
    {
        (this.program, this.log) = (program, log);
        new Thread(Keep) { IsBackground = true, Name = "private PostgreSQL" }.Start();
    }

    /// <summary>Process id of the server; 0 while there is none.</summary>
    public int Process => process;

    /// <summary>How often it has ended.</summary>
    public int Exits => exits;

    /// <summary>Interrupts the server: it ends its connections, writes what it has and stops.</summary>
    public void Interrupt()
    {
        if (process is not 0 and var id)
            Commands.Signal(id, Commands.Interrupt);
    }

    public async Task StopAsync()
    {
        stopping.Set();
        foreach (var (signal, patience) in new[] { (Commands.Interrupt, 60), (Commands.Quit, 10), (Commands.Kill, 10) })
        {
            if (process is not 0 and var id)
                Commands.Signal(id, signal);
            if (await Task.WhenAny(ended.Task, Task.Delay(TimeSpan.FromSeconds(patience))) == ended.Task)
                return;
            log.LogWarning("The private PostgreSQL has not ended after {Seconds} s.", patience);
        }
    }

    public void Dispose() => stopping.Dispose();

    private void Keep()
    {
        var pause = TimeSpan.Zero;
        while (!stopping.Wait(pause))
        {
            var clock = Stopwatch.StartNew();
            using (var server = System.Diagnostics.Process.Start(program.StartServer())!)
            {
                process = server.Id;
                // A stop that came before the id was known interrupted nothing.
                if (stopping.IsSet)
                    Interrupt();
                server.WaitForExit();
                process = 0;
                Interlocked.Increment(ref exits);
                if (!stopping.IsSet)
                    log.LogWarning("The private PostgreSQL ended with {Code} and is started again.", server.ExitCode);
            }
            pause = clock.Elapsed > Calm || pause == TimeSpan.Zero ? TimeSpan.FromMilliseconds(50)
                : pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
        ended.TrySetResult();
    }
}
