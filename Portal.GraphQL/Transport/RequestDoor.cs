using Microsoft.AspNetCore.Http;
using Portal.GraphQL.Execution;

namespace Portal.GraphQL.Transport;

/// <summary>What all transports do with the parameters of a request: find the document, ask the engine.</summary>
internal sealed class RequestDoor(RequestExecutor executor, TransportOptions options)
{
    private readonly AutomaticDocuments _automatic = new(options.AutomaticDocuments);

    public TransportOptions Options => options;

    public async ValueTask<object?> CallerOfAsync(HttpContext context, CancellationToken cancel) =>
        options.Caller is { } caller ? await caller(context, cancel) : context.User;

    public object? OperationCallerOf(object? caller) => options.OperationCaller is { } renew ? renew(caller) : caller;

    public ValueTask<bool> MayStayAsync(HttpContext context, object? caller, CancellationToken cancel) =>
        options.MayStay is { } ask ? ask(context, caller, cancel) : new(true);

    public async ValueTask<Outcome<ExecutionResult>> ExecuteAsync(
        Parameters parameters, GraphQLRequest request, CancellationToken cancel)
    {
        request = request with
        {
            Query = parameters.Query,
            DocumentId = parameters.DocumentId,
            OperationName = parameters.OperationName,
            Variables = parameters.Variables,
            WantsCost = options.WantsCost,
        };
        if (parameters.Hash is not { } hash || parameters.DocumentId is not null)
        {
            return await executor.ExecuteAsync(request, cancel);
        }
        if (parameters.Query is { } text)
        {
            return AutomaticDocuments.IsHashOf(hash, text)
                ? await ExecuteAndKeepAsync(hash, text, request, cancel)
                : new Refusal(400, TransportCodes.WrongHash, "The sha256Hash is not that of the query.");
        }
        var known = _automatic.Find(hash);
        var result = await executor.ExecuteAsync(
            request with { Query = known, DocumentId = known is null ? hash : null }, cancel);
        if (known is not null || result.Errors is not [{ Extensions: { } more }] || !more.Values.Contains(ErrorCodes.NoDocument))
        {
            return result;
        }
        result.Dispose();
        return ExecutionResult.Refuse(GraphQLError.Of(TransportCodes.NoPersistedQuery, "PersistedQueryNotFound"));
    }

    private async ValueTask<ExecutionResult> ExecuteAndKeepAsync(
        string hash, string text, GraphQLRequest request, CancellationToken cancel)
    {
        var result = await executor.ExecuteAsync(request, cancel);
        if (result.Kind != ResultKind.Refusal)
        {
            _automatic.Keep(hash, text);
        }
        return result;
    }
}
