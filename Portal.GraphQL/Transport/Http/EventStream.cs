using System.Buffers;
using Microsoft.AspNetCore.Http;
using Portal.GraphQL.Execution;

namespace Portal.GraphQL.Transport.Http;

/// <summary>
/// Answers as server-sent events: <c>next</c> for each, <c>complete</c> at the end. Protocol graphql-sse, "Distinct
/// connections mode"; HTML standard, section 9.2.
/// </summary>
internal sealed class EventStream(RequestDoor door, HttpContext context, object? caller)
{
    private readonly HttpResponse _response = context.Response;

    public async Task WriteAsync(ExecutionResult result, CancellationToken cancel)
    {
        _response.ContentType = "text/event-stream; charset=utf-8";
        _response.Headers["X-Accel-Buffering"] = "no";
        await _response.StartAsync(cancel);
        if (result.Events is { } events)
        {
            // What holds back an answer until it has a byte must not hold back the opening.
            await SendAsync(":\n\n"u8.ToArray(), cancel);
            await FollowAsync(events, cancel);
        }
        else
        {
            await WriteNextAsync(result.Payload, cancel);
        }
        await SendAsync("event: complete\ndata: \n\n"u8.ToArray(), cancel);
    }

    private async Task FollowAsync(IAsyncEnumerable<ExecutionResult> events, CancellationToken cancel)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var source = events.GetAsyncEnumerator(leaving.Token);
        Task<bool>? moving = null;
        try
        {
            while (true)
            {
                moving = source.MoveNextAsync().AsTask();
                if (!await WaitAsync(moving, cancel))
                {
                    leaving.Cancel();
                    await RefuseAsync(GraphQLError.Of(ErrorCodes.Forbidden, Faults.NoLonger), cancel);
                    return;
                }
                var isThere = await moving;
                moving = null;
                if (!isThere)
                {
                    return;
                }
                using var one = source.Current;
                await WriteNextAsync(one.Payload, cancel);
            }
        }
        catch (Exception failed) when (!cancel.IsCancellationRequested)
        {
            await RefuseAsync(Faults.Tell(failed, door.Options), cancel);
        }
        finally
        {
            leaving.Cancel();
            await Faults.CloseAsync(source, moving);
        }
    }

    // Until there is an event, with signs of life; false if the caller may not stay.
    private async Task<bool> WaitAsync(Task moving, CancellationToken cancel)
    {
        var pause = door.Options.KeepAlive < door.Options.RecheckEvery ? door.Options.KeepAlive : door.Options.RecheckEvery;
        while (!moving.IsCompleted)
        {
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var first = await Task.WhenAny(moving, Task.Delay(pause, waiting.Token));
            waiting.Cancel();
            cancel.ThrowIfCancellationRequested();
            if (first == moving)
            {
                break;
            }
            if (!await door.MayStayAsync(context, caller, cancel))
            {
                return false;
            }
            await SendAsync(":\n\n"u8.ToArray(), cancel);
        }
        return await door.MayStayAsync(context, caller, cancel);
    }

    private async Task RefuseAsync(GraphQLError error, CancellationToken cancel)
    {
        using var refused = ExecutionResult.Refuse(error);
        await WriteNextAsync(refused.Payload, cancel);
    }

    // JSON as it is written here has no line breaks.
    private async Task WriteNextAsync(ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        var writer = _response.BodyWriter;
        writer.Write("event: next\ndata: "u8);
        writer.Write(payload.Span);
        await SendAsync("\n\n"u8.ToArray(), cancel);
    }

    private async Task SendAsync(byte[] bytes, CancellationToken cancel) =>
        await _response.BodyWriter.WriteAsync(bytes, cancel);
}
