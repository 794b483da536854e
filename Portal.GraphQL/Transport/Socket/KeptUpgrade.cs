using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Portal.GraphQL.Transport.Socket;

/// <summary>
/// Keeps hold of the connection below a WebSocket. When frames are broken the framework sends the close and reads no more;
/// what the client has sent since would make TCP answer with a reset, and the client would lose the reason. RFC 6455,
/// section 7.1.1; RFC 1122, section 4.2.2.13.
/// </summary>
internal sealed class KeptUpgrade : IHttpUpgradeFeature
{
    private readonly IHttpUpgradeFeature _given;
    private Stream? _connection;

    private KeptUpgrade(IHttpUpgradeFeature given) => _given = given;

    public bool IsUpgradableRequest => _given.IsUpgradableRequest;

    /// <summary>
    /// Opens WebSockets of the request over a connection that is kept; null where there is no connection of its own
    /// (HTTP/2), and nothing is reset.
    /// </summary>
    public static async ValueTask<KeptUpgrade?> UnderAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is not { } given)
        {
            return null;
        }
        var kept = new KeptUpgrade(given);
        context.Features.Set<IHttpUpgradeFeature>(kept);
        context.Features.Set<IHttpWebSocketFeature>(null);
        // The handshake is the framework's; it takes what it finds.
        await new WebSocketMiddleware(
            _ => Task.CompletedTask,
            context.RequestServices.GetRequiredService<IOptions<WebSocketOptions>>(),
            context.RequestServices.GetRequiredService<ILoggerFactory>()).Invoke(context);
        return kept;
    }

    public async Task<Stream> UpgradeAsync() => _connection = await _given.UpgradeAsync();

    /// <summary>Reads what still comes until the client closes, but not for longer than the limit.</summary>
    public async Task DrainAsync(CancellationToken limit)
    {
        if (_connection is not { } connection)
        {
            return;
        }
        var bytes = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (await connection.ReadAsync(bytes, limit) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
