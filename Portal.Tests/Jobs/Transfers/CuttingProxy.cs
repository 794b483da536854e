using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Tests.Jobs.Transfers;

/// Stands between a client and its server, counts the data both ways, and cuts all connections once so many bytes have passed. For FTP
/// the data go by connections of their own; a plain one counts all that passes.
public sealed partial class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> tasks = [];
    private readonly List<TcpClient> clients = [];
    private readonly int server;
    private readonly bool plain;
    private long passed;

    public CuttingProxy(int server, bool plain = false, IPEndPoint? at = null)
    {
        (this.server, this.plain) = (server, plain);
        listener = new(at ?? new(IPAddress.Loopback, 0));
        listener.Start();
        Add(AcceptAsync(listener, server, rewrite: !plain));
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// Bytes of data that have passed since the start or the last reset.
    public long Passed => Interlocked.Read(ref passed);

    /// Cuts when that many bytes of data have passed; no more than once.
    public long? CutAt { get; set; }

    /// Lets nothing through from that many bytes on, without a word.
    public long? StallAt { get; set; }

    public void Reset() => Interlocked.Exchange(ref passed, 0);

    private void Add(Task task)
    {
        lock (tasks) tasks.Add(task);
    }

    private async Task AcceptAsync(TcpListener at, int to, bool rewrite)
    {
        try
        {
            while (true)
            {
                var client = await at.AcceptTcpClientAsync(stop.Token);
                var onward = new TcpClient();
                await onward.ConnectAsync(IPAddress.Loopback, to, stop.Token);
                lock (clients) clients.AddRange([client, onward]);
                Add(CopyAsync(client, onward, data: !rewrite, rewrite: false));
                Add(CopyAsync(onward, client, data: !rewrite, rewrite));
                if (!rewrite && !plain) return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            at.Stop();
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to, bool data, bool rewrite)
    {
        var buffer = new byte[1 << 14];
        try
        {
            int count;
            while ((count = await from.GetStream().ReadAsync(buffer, stop.Token)) > 0)
            {
                if (data && StallAt <= Passed) await Task.Delay(Timeout.Infinite, stop.Token);
                if (data && CutAt is { } cut && Interlocked.Add(ref passed, count) >= cut)
                {
                    CutAt = null;
                    Cut();
                    return;
                }
                if (data && CutAt is null) Interlocked.Add(ref passed, count);
                var bytes = rewrite ? Encoding.Latin1.GetBytes(Rewrite(Encoding.Latin1.GetString(buffer, 0, count))) : buffer[..count];
                await to.GetStream().WriteAsync(bytes, stop.Token);
            }
            to.Client?.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or InvalidOperationException)
        {
            from.Close();
            to.Close();
        }
    }

    // RFC 2428: the server names the port for the data; the client shall come here instead.
    private string Rewrite(string text) => Extended().Replace(text, match =>
    {
        var data = new TcpListener(IPAddress.Loopback, 0);
        data.Start();
        Add(AcceptAsync(data, int.Parse(match.Groups[1].Value), rewrite: false));
        return $"|||{((IPEndPoint)data.LocalEndpoint).Port}|";
    });

    private void Cut()
    {
        lock (clients)
        {
            foreach (var client in clients)
            {
                if (client.Client is { Connected: true } socket) socket.LingerState = new(true, 0);
                client.Close();
            }
            clients.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        Task[] all;
        lock (tasks) all = [.. tasks];
        await Task.WhenAll(all);
        Cut();
    }

    [GeneratedRegex(@"\|\|\|(\d+)\|")]
    private static partial Regex Extended();
}
