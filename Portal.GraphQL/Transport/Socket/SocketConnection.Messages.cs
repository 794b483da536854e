using Portal.GraphQL.Execution;

namespace Portal.GraphQL.Transport.Socket;

/// <content>What a client's messages do. Protocol graphql-transport-ws, "Message types".</content>
internal sealed partial class SocketConnection
{
    private async Task TakeAsync(SocketMessage message)
    {
        switch (message.Type)
        {
            case "connection_init":
                await ConnectAsync(message);
                break;
            case "ping":
                await SendAsync(SocketText.Pong(message.Payload), _life.Token);
                break;
            case "complete" when _operations.TryRemove(message.Id!, out var ended):
                ended.Cancel();
                break;
            case "subscribe" when !_isConnected:
                await CloseAsync(CloseCodes.NotConnected, "Unauthorized");
                break;
            case "subscribe":
                await SubscribeAsync(message.Id!, message.Asked!);
                break;
        }
    }

    private async Task ConnectAsync(SocketMessage message)
    {
        if (!_asked.TrySetResult())
        {
            await CloseAsync(CloseCodes.ConnectedTwice, "Too many initialisation requests");
            return;
        }
        try
        {
            Caller = Door.Options.Connect is { } connect
                ? await connect(Context, message.Payload, _life.Token)
                : await Door.CallerOfAsync(Context, _life.Token);
        }
        catch (GraphQLException unwelcome)
        {
            await CloseAsync(CloseCodes.Forbidden, SocketText.Short(unwelcome.Message));
            return;
        }
        if (Door.Options.Connect is not null && Caller is null)
        {
            await CloseAsync(CloseCodes.Forbidden, "Forbidden");
            return;
        }
        _isConnected = true;
        await SendAsync(SocketText.Acknowledged, _life.Token);
    }

    private async Task SubscribeAsync(string id, Parameters asked)
    {
        if (_operations.ContainsKey(id))
        {
            await CloseAsync(CloseCodes.IdInUse, SocketText.Short($"Subscriber for {id} already exists"));
            return;
        }
        if (Door.Options.Admit?.Invoke(Context, Caller) is { } unwelcome)
        {
            await RefuseAsync(id, unwelcome);
            return;
        }
        if (_operations.Count >= Door.Options.MaxOperations)
        {
            await RefuseAsync(id, GraphQLError.Of(TransportCodes.TooManyOperations,
                $"At most {Door.Options.MaxOperations} operations may run at a time."));
            return;
        }
        var operation = new SocketOperation(this, id, _life.Token);
        _operations[id] = operation;
        operation.Start(asked);
    }

    private async Task RefuseAsync(string id, GraphQLError error)
    {
        using var refused = ExecutionResult.Refuse(error);
        await SendAsync(SocketText.Error(id, refused.Payload), _life.Token);
    }
}
