using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portal.Benchmarks.GraphQL;

/// <summary>Sends one request again and again over connections that stay open, each the next when it has the whole answer of the
/// one before. A connection is a thread with a socket that blocks: no way to ask costs less, so that the servers have the
/// processors.</summary>
public sealed class HttpLoad(Uri server, byte[] body)
{
    private const int SmallStack = 256 * 1024;

    private readonly byte[] request =
    [
        .. Encoding.ASCII.GetBytes($"POST /graphql HTTP/1.1\r\nHost: {server.Authority}\r\nContent-Type: application/json\r\n"
            + $"Accept: application/json\r\nContent-Length: {body.Length}\r\n\r\n"),
        .. body,
    ];

    /// <summary>The body of one answer.</summary>
    public byte[] Ask()
    {
        using var connection = new HttpConnection(server);
        return connection.Exchange(request).ToArray();
    }

    /// <summary>Answers a second.</summary>
    /// <param name="connections">How many are open at a time.</param>
    /// <param name="length">How long.</param>
    /// <param name="answer">How many bytes an answer has; another one is a fault.</param>
    public double Rate(int connections, TimeSpan length, int answer)
    {
        using var ready = new Barrier(connections);
        var counts = new int[connections];
        Exception? fault = null;
        Thread[] threads = [.. Enumerable.Range(0, connections).Select(i => new Thread(() =>
        {
            try
            {
                counts[i] = Count(ready, length, answer);
            }
            catch (Exception failed)
            {
                fault = failed;
                ready.RemoveParticipant();
            }
        }, SmallStack))];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return fault is null
            ? counts.Sum() / length.TotalSeconds
            : throw new InvalidOperationException($"{server}: {fault.Message}", fault);
    }

    private int Count(Barrier ready, TimeSpan length, int answer)
    {
        using var connection = new HttpConnection(server);
        connection.Exchange(request);
        ready.SignalAndWait();
        var begun = Stopwatch.GetTimestamp();
        for (var count = 0; ; count++)
        {
            var size = connection.Exchange(request).Length;
            if (size != answer) throw new InvalidDataException($"An answer of {size} bytes instead of {answer}.");
            if (Stopwatch.GetElapsedTime(begun) >= length) return count;
        }
    }
}

/// <summary>An open connection. Answers have status 200 and say how long they are. RFC 9112.</summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] buffer = new byte[1 << 20];

    public HttpConnection(Uri server) => socket.Connect(IPAddress.Parse(server.Host), server.Port);

    public ReadOnlySpan<byte> Exchange(byte[] request)
    {
        socket.Send(request);
        var (length, start, end) = (0, 0, int.MaxValue);
        while (length < end)
        {
            var count = socket.Receive(buffer.AsSpan(length));
            if (count == 0) throw new EndOfStreamException("The server closed the connection.");
            length += count;
            if (start == 0 && buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is var head and > 0)
            {
                start = head + 4;
                end = start + LengthOf(buffer.AsSpan(0, start));
            }
        }
        return buffer.AsSpan(start..end);
    }

    private static int LengthOf(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1.1 200 "u8)) throw new InvalidDataException(Encoding.ASCII.GetString(head));
        ReadOnlySpan<byte> name = "\r\ncontent-length: "u8;
        for (var at = head.IndexOf("\r\n"u8); at + name.Length < head.Length; at += 2 + head[(at + 2)..].IndexOf("\r\n"u8))
            if (Ascii.EqualsIgnoreCase(head.Slice(at, name.Length), name)
                && System.Buffers.Text.Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _))
                return length;
        throw new InvalidDataException("An answer does not say how long it is: " + Encoding.ASCII.GetString(head));
    }

    public void Dispose() => socket.Dispose();
}
