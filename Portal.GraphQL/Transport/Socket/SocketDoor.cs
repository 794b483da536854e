using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Portal.GraphQL.Transport.Http;

namespace Portal.GraphQL.Transport.Socket;

/// <summary>Opens WebSockets that speak graphql-transport-ws. RFC 6455, section 4.2.</summary>
internal sealed class SocketDoor(RequestDoor door)
{
    private const string Protocol = "graphql-transport-ws";

    public async Task ServeAsync(HttpContext context)
    {
        if (!CrossSite.IsOwnOrigin(context.Request, door.Options))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        var upgrade = await KeptUpgrade.UnderAsync(context);
        var speaks = context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = speaks ? Protocol : null,
            KeepAliveInterval = door.Options.KeepAlive,
        });
        using var frames = new SocketFrames(socket, door.Options.MaxBodyBytes);
        try
        {
            if (!speaks)
            {
                await frames.CloseAsync(CloseCodes.NoProtocol, "Subprotocol not acceptable");
                await frames.DrainAsync();
                return;
            }
            await using var connection = new SocketConnection(door, context, frames);
            var stopping = context.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default;
            using var _ = stopping.Register(connection.Leave);
            await connection.RunAsync();
        }
        catch (WebSocketException)
        {
            await DrainAsync(upgrade);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The socket is gone.
        }
    }

    // After broken frames, so that the client gets to see the close code rather than a reset.
    private static async Task DrainAsync(KeptUpgrade? upgrade)
    {
        using var limit = new CancellationTokenSource(SocketFrames.CloseLimit);
        try
        {
            await (upgrade?.DrainAsync(limit.Token) ?? Task.CompletedTask);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client is gone, or sends without end.
        }
    }
}

/// <summary>Why a WebSocket is closed. Protocol graphql-transport-ws; RFC 6455, section 7.4.1.</summary>
internal static class CloseCodes
{
    public const int Normal = 1000;
    public const int GoingAway = 1001;
    public const int TooLarge = 1009;
    public const int BadMessage = 4400;
    public const int NotConnected = 4401;
    public const int Forbidden = 4403;
    public const int NoProtocol = 4406;
    public const int TooLate = 4408;
    public const int IdInUse = 4409;
    public const int ConnectedTwice = 4429;
}
