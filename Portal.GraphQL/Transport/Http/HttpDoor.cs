using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Net.Http.Headers;
using Portal.GraphQL.Execution;
using Portal.GraphQL.Transport.Uploads;

namespace Portal.GraphQL.Transport.Http;

/// <summary>GraphQL over HTTP: one request, one answer, or one stream of them.</summary>
internal sealed class HttpDoor(RequestDoor door)
{
    private readonly RequestReading _reading = new(door.Options);

    public async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept";
        var chosen = Accepted.Choose(request.Headers.Accept);
        var kind = chosen ?? AnswerKind.Json;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsPost(request.Method))
        {
            response.Headers.Allow = "GET, POST";
            await RefuseAsync(context, kind, new Refusal(405, TransportCodes.BadMethod, "Only GET and POST are answered here."));
            return;
        }
        if (chosen is null)
        {
            await RefuseAsync(context, kind, new Refusal(406, TransportCodes.NotAcceptable,
                "Take application/graphql-response+json, application/json or text/event-stream."));
            return;
        }
        if (!CrossSite.IsHarmless(request, door.Options))
        {
            await RefuseAsync(context, kind, new Refusal(403, TransportCodes.Csrf,
                $"Send the header {door.Options.PreflightHeader}, or JSON by POST: this might come from another site."));
            return;
        }
        using var files = new UploadedFiles();
        try
        {
            var caller = await door.CallerOfAsync(context, context.RequestAborted);
            var (parameters, refusal) = await _reading.ReadAsync(request, files, context.RequestAborted);
            await (refusal is null ? ExecuteAsync(context, kind, caller, parameters!) : RefuseAsync(context, kind, refusal));
        }
        catch (GraphQLException unwelcome)
        {
            using var refused = ExecutionResult.Refuse(Faults.Tell(unwelcome));
            await WriteAsync(context, kind, StatusCodes.Status401Unauthorized, refused);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits any more.
        }
    }

    private async Task ExecuteAsync(HttpContext context, AnswerKind kind, object? caller, Parameters parameters)
    {
        var cancel = context.RequestAborted;
        var isGet = HttpMethods.IsGet(context.Request.Method);
        var isStream = kind == AnswerKind.EventStream;
        var asked = new GraphQLRequest
        {
            Services = context.RequestServices,
            Caller = caller,
            NoMutations = isGet,
            NoSubscriptions = !isStream,
        };
        var (result, refusal) = await door.ExecuteAsync(parameters, asked, cancel);
        if (refusal is not null)
        {
            await RefuseAsync(context, kind, refusal);
            return;
        }
        using (result)
        {
            var status = StatusOf(result!, kind);
            if (status == StatusCodes.Status405MethodNotAllowed)
            {
                context.Response.Headers.Allow = "POST";
            }
            if (isStream && status == StatusCodes.Status200OK)
            {
                await StreamAsync(context, caller, result!);
                return;
            }
            await WriteAsync(context, kind, status, result!);
        }
    }

    // When the host stops there is no "complete", so that a client knows that more would have come.
    private async Task StreamAsync(HttpContext context, object? caller, ExecutionResult result)
    {
        var stopping = context.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await new EventStream(door, context, caller).WriteAsync(result, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client is gone, or the host stops.
        }
    }

    // With application/json an answer of the engine is 200, whatever it says; otherwise 400 if nothing was run. GraphQL over
    // HTTP, "Status Codes".
    private static int StatusOf(ExecutionResult result, AnswerKind kind)
    {
        if (result.Kind != ResultKind.Refusal)
        {
            return StatusCodes.Status200OK;
        }
        object? code = null;
        result.Errors[0].Extensions?.TryGetValue("code", out code);
        return code switch
        {
            ErrorCodes.NoMutations => StatusCodes.Status405MethodNotAllowed,
            ErrorCodes.NoSubscriptions => StatusCodes.Status406NotAcceptable,
            ErrorCodes.NoQuery => StatusCodes.Status400BadRequest,
            _ when kind == AnswerKind.GraphQLResponse => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status200OK,
        };
    }

    private static async Task RefuseAsync(HttpContext context, AnswerKind kind, Refusal refusal)
    {
        using var result = refusal.ToResult();
        await WriteAsync(context, kind, refusal.Status, result);
    }

    private static async Task WriteAsync(HttpContext context, AnswerKind kind, int status, ExecutionResult result)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = kind == AnswerKind.GraphQLResponse
            ? "application/graphql-response+json; charset=utf-8"
            : "application/json; charset=utf-8";
        response.ContentLength = result.Payload.Length;
        response.Headers[HeaderNames.XContentTypeOptions] = "nosniff";
        await response.BodyWriter.WriteAsync(result.Payload, context.RequestAborted);
    }
}
