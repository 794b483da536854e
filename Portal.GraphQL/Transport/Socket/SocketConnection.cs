using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Portal.GraphQL.Transport.Socket;

/// <summary>
/// One WebSocket. Messages are taken one after another; operations run beside each other and end with it. Protocol
/// graphql-transport-ws.
/// </summary>
internal sealed partial class SocketConnection : IAsyncDisposable
{
    private readonly SocketFrames _frames;
    private readonly ConcurrentDictionary<string, SocketOperation> _operations = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _life;
    private readonly CancellationTokenSource _reading;
    private volatile bool _isConnected;
    private volatile bool _isClosing;

    public SocketConnection(RequestDoor door, HttpContext context, SocketFrames frames)
    {
        (Door, Context, _frames) = (door, context, frames);
        _life = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        _reading = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
    }

    public RequestDoor Door { get; }

    public HttpContext Context { get; }

    public object? Caller { get; private set; }

    public async Task RunAsync()
    {
        var watching = WatchAsync();
        try
        {
            await ReadAsync();
        }
        finally
        {
            _life.Cancel();
            await watching;
        }
    }

    /// <summary>Closes it; the first reason counts. What runs is ended, and the client has a while to answer.</summary>
    public async Task CloseAsync(int code, string why)
    {
        _isClosing = true;
        await _frames.CloseAsync(code, why);
        try
        {
            _reading.CancelAfter(SocketFrames.CloseLimit);
            await _life.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It is over already.
        }
    }

    /// <summary>Closes it because the host stops; whoever runs it sees to the end.</summary>
    public void Leave() => _ = CloseAsync(CloseCodes.GoingAway, "Going away");

    public ValueTask SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancel) => _frames.SendAsync(text, cancel);

    public void Forget(SocketOperation operation) => _operations.TryRemove(new(operation.Id, operation));

    public async ValueTask DisposeAsync()
    {
        _life.Cancel();
        await Task.WhenAll(_operations.Values.Select(operation => operation.Running));
        _life.Dispose();
        _reading.Dispose();
    }

    // While it is being closed only the client's answer to that is waited for.
    private async Task ReadAsync()
    {
        while (await _frames.ReadAsync(_reading.Token) is var (text, code, why))
        {
            if (_isClosing)
            {
                continue;
            }
            if (code != 0)
            {
                await CloseAsync(code, why!);
            }
            else if (SocketMessage.Read(text, out var problem) is { } message)
            {
                await TakeAsync(message);
            }
            else
            {
                await CloseAsync(CloseCodes.BadMessage, SocketText.Short(problem!));
            }
        }
        await CloseAsync(CloseCodes.Normal, "");
    }

    // Looks after the time limit of the beginning, and later after the caller's right to stay.
    private async Task WatchAsync()
    {
        try
        {
            await _asked.Task.WaitAsync(Door.Options.ConnectLimit, _life.Token);
            using var timer = new PeriodicTimer(Door.Options.RecheckEvery);
            while (Door.Options.MayStay is not null && await timer.WaitForNextTickAsync(_life.Token))
            {
                await (_isConnected ? StayAsync(_life.Token) : new(true));
            }
        }
        catch (TimeoutException)
        {
            await CloseAsync(CloseCodes.TooLate, "Connection initialisation timeout");
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    /// <summary>Whether the caller may stay; it is closed if not.</summary>
    public async ValueTask<bool> StayAsync(CancellationToken cancel)
    {
        if (await Door.MayStayAsync(Context, Caller, cancel))
        {
            return true;
        }
        await CloseAsync(CloseCodes.Forbidden, Faults.NoLonger);
        return false;
    }
}
