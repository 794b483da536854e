using Microsoft.Extensions.DependencyInjection;
using Portal.GraphQL.Execution;

namespace Portal.GraphQL.Transport.Socket;

/// <summary>
/// One operation of a WebSocket, with services of its own: <c>next</c> for each answer, then <c>complete</c>, or
/// <c>error</c> and nothing more. Protocol graphql-transport-ws, "Subscribe".
/// </summary>
internal sealed class SocketOperation(SocketConnection connection, string id, CancellationToken gone)
{
    private readonly CancellationTokenSource _life = CancellationTokenSource.CreateLinkedTokenSource(gone);

    public string Id => id;

    public Task Running { get; private set; } = Task.CompletedTask;

    public void Start(Parameters asked) => Running = Task.Run(() => RunAsync(asked, _life.Token), CancellationToken.None);

    // It may have ended at the same time.
    public void Cancel()
    {
        try
        {
            _life.Cancel();
        }
        catch (ObjectDisposedException)
        {
        }
    }

    private async Task RunAsync(Parameters asked, CancellationToken cancel)
    {
        try
        {
            await using var scope = connection.Context.RequestServices.CreateAsyncScope();
            await AnswerAsync(asked, scope.ServiceProvider, cancel);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            // The client has ended it, or is gone.
        }
        catch (Exception failed)
        {
            await RefuseAsync(Faults.Tell(failed, connection.Door.Options), cancel);
        }
        finally
        {
            connection.Forget(this);
            _life.Dispose();
        }
    }

    private async Task AnswerAsync(Parameters asked, IServiceProvider services, CancellationToken cancel)
    {
        var request = new GraphQLRequest { Services = services, Caller = connection.Door.OperationCallerOf(connection.Caller) };
        var (result, refusal) = await connection.Door.ExecuteAsync(asked, request, cancel);
        using var answer = result ?? refusal!.ToResult();
        if (answer.Kind == ResultKind.Refusal)
        {
            connection.Forget(this);
            await connection.SendAsync(SocketText.Error(id, answer.Payload), cancel);
            return;
        }
        if (answer.Events is { } events)
        {
            await FollowAsync(events, cancel);
        }
        else
        {
            await connection.SendAsync(SocketText.Next(id, answer.Payload), cancel);
        }
        // The id is free as soon as the client hears that.
        connection.Forget(this);
        await connection.SendAsync(SocketText.Complete(id), cancel);
    }

    private async Task FollowAsync(IAsyncEnumerable<ExecutionResult> events, CancellationToken cancel)
    {
        await foreach (var one in events.WithCancellation(cancel))
        {
            using (one)
            {
                if (!await connection.StayAsync(cancel))
                {
                    cancel.ThrowIfCancellationRequested();
                    return;
                }
                await connection.SendAsync(SocketText.Next(id, one.Payload), cancel);
            }
        }
        // A source that ends quietly when it is cancelled has not come to its end.
        cancel.ThrowIfCancellationRequested();
    }

    private async Task RefuseAsync(GraphQLError error, CancellationToken cancel)
    {
        using var refused = ExecutionResult.Refuse(error);
        try
        {
            connection.Forget(this);
            await connection.SendAsync(SocketText.Error(id, refused.Payload), cancel);
        }
        catch (Exception)
        {
            // Nobody is there to be told.
        }
    }
}
