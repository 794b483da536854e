using System.Collections.Concurrent;
using System.Globalization;
using Portal.Domain.Runs;

namespace Portal.Jobs.Sites.Shells;

/// <summary>The long-lived shells of a place: a few, shared by all its commands.</summary>
internal sealed class ShellPool(IChannels channels, int most) : IAsyncDisposable
{
    private static readonly TimeSpan EndingLimit = TimeSpan.FromSeconds(10);
    private readonly ConcurrentStack<LongShell> _idle = new();
    private readonly SemaphoreSlim _turns = new(most, most);
    private volatile bool _closed;

    /// <summary>Runs a command in a free shell; waits for one where all are busy. The limit counts from its turn.</summary>
    public async Task<CommandResult> RunAsync(string command, TimeSpan limit, CancellationToken cancel)
    {
        if (command.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A NUL character cannot be a part of a command.", nameof(command));
        await _turns.WaitAsync(cancel);
        try
        {
            var shell = await TakeAsync(cancel);
            using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limited.CancelAfter(limit);
            try
            {
                var result = await shell.RunAsync(command, limited.Token);
                if (result is null) throw Faults.Lost("while a command ran");
                if (_closed) await shell.DisposeAsync();
                else _idle.Push(shell);
                return result;
            }
            catch (Exception fault)
            {
                if (fault is OperationCanceledException or OutputTooLargeException) await EndGroupAsync(shell.Group);
                await shell.DisposeAsync();
                throw fault switch
                {
                    OperationCanceledException when !cancel.IsCancellationRequested => new PlaceException(FaultKind.Unknown,
                        new(FailureName.TimeLimit, $"A command did not end within {limit.TotalSeconds:0.#} seconds and was given up.")),
                    OutputTooLargeException => new PlaceException(FaultKind.Final, new(FailureName.InvalidDescription,
                        $"A command wrote more than {LongShell.OutputLimit >> 20} MiB and was ended.")),
                    IOException => Faults.Lost("while a command ran", fault),
                    _ => fault,
                };
            }
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Ends everything that a shell started, through another one: a closed channel alone ends nothing.</summary>
    private async Task EndGroupAsync(int group)
    {
        using var limited = new CancellationTokenSource(EndingLimit);
        try
        {
            var shell = await TakeAsync(limited.Token);
            var ended = await shell.RunAsync(string.Create(CultureInfo.InvariantCulture, $"kill -s KILL -- -{group}"), limited.Token);
            if (ended is null || _closed) await shell.DisposeAsync();
            else _idle.Push(shell);
        }
        catch (Exception fault) when (fault is PlaceException or OperationCanceledException or IOException or OutputTooLargeException)
        {
            // As far as possible: what could not be ended is Unknown to the caller all the same.
        }
    }

    private async Task<LongShell> TakeAsync(CancellationToken cancel)
    {
        while (_idle.TryPop(out var shell))
        {
            if (!shell.Ended) return shell;
            await shell.DisposeAsync();
        }
        return await LongShell.OpenAsync(channels, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        while (_idle.TryPop(out var shell)) await shell.DisposeAsync();
    }
}
