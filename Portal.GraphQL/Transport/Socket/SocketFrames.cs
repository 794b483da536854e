using System.Net.WebSockets;

namespace Portal.GraphQL.Transport.Socket;

/// <summary>Whole messages over a WebSocket: one reader, any number of writers. RFC 6455.</summary>
internal sealed class SocketFrames(WebSocket socket, int longest) : IDisposable
{
    /// <summary>How long a client may take to answer a close.</summary>
    public static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(5);

    // One large message must not make a socket that lives for days a large one.
    private const int LongestKept = 16 * 1024;

    private readonly SemaphoreSlim _sending = new(1);
    private byte[] _bytes = new byte[1024];
    private bool _isClosing;

    /// <summary>The next text; a close code and why if it is none that may be sent; null if the client closes.</summary>
    public async ValueTask<(ReadOnlyMemory<byte> Text, int Code, string? Why)?> ReadAsync(CancellationToken cancel)
    {
        if (_bytes.Length > LongestKept)
        {
            _bytes = new byte[1024];
        }
        var length = 0;
        while (true)
        {
            if (length == _bytes.Length)
            {
                Array.Resize(ref _bytes, Math.Min(_bytes.Length * 2, longest + 1));
            }
            var got = await socket.ReceiveAsync(_bytes.AsMemory(length), cancel);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }
            if (got.MessageType == WebSocketMessageType.Binary)
            {
                return (default, CloseCodes.BadMessage, "Messages are text");
            }
            length += got.Count;
            if (length > longest)
            {
                return (default, CloseCodes.TooLarge, $"A message may have {longest} bytes at most");
            }
            if (got.EndOfMessage)
            {
                return (_bytes.AsMemory(0, length), 0, null);
            }
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> text, CancellationToken cancel)
    {
        await _sending.WaitAsync(cancel);
        try
        {
            // To cancel a send would break the socket for all operations. It ends when the socket is gone.
            if (!_isClosing)
            {
                await socket.SendAsync(text, WebSocketMessageType.Text, true, CancellationToken.None);
            }
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Once; the first reason counts. It waits no longer than five seconds for a client that does not read.</summary>
    public async Task CloseAsync(int code, string why)
    {
        using var limit = new CancellationTokenSource(CloseLimit);
        try
        {
            await _sending.WaitAsync(limit.Token);
            try
            {
                if (!_isClosing && socket.State is (WebSocketState.Open or WebSocketState.CloseReceived))
                {
                    _isClosing = true;
                    await socket.CloseOutputAsync((WebSocketCloseStatus)code, why, limit.Token);
                }
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or IOException)
        {
            // It is gone already.
        }
    }

    /// <summary>
    /// Reads what is still under way, so that the client gets to see the reason rather than a reset. Only when nobody
    /// reads.
    /// </summary>
    public async Task DrainAsync()
    {
        using var limit = new CancellationTokenSource(CloseLimit);
        while (socket.State == WebSocketState.CloseSent)
        {
            await socket.ReceiveAsync(_bytes.AsMemory(), limit.Token);
        }
    }

    public void Dispose() => _sending.Dispose();
}
