using Portal.GraphQL.Language;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <summary>An operation that passed all checks, with the values of its variables. Specification, section 6.2.</summary>
internal sealed partial class OperationCall(
    Schema schema,
    ExecutorOptions options,
    OperationPlan plan,
    IReadOnlyDictionary<string, object?>? variables,
    GraphQLRequest request,
    double? cost)
{
    private static readonly IReadOnlyList<GraphQLError> None = [];

    // Where each continuation is posted one by one, loaders would see their keys one by one.
    public ValueTask<ExecutionResult> RunAsync(CancellationToken cancel) => SynchronizationContext.Current is null
        ? RunAsync(plan.For(variables), request.Root, request.Services, cancel)
        : RunElsewhereAsync(cancel);

    private async ValueTask<ExecutionResult> RunElsewhereAsync(CancellationToken cancel) =>
        await Task.Run(
            () => RunAsync(plan.For(variables), request.Root, request.Services, cancel).AsTask(), CancellationToken.None);

    // Once for a query, and for each event of a subscription.
    private ValueTask<ExecutionResult> RunAsync(
        VariantPlan variant, object? root, IServiceProvider? services, CancellationToken cancel)
    {
        var limit = options.TimeLimit is { } time ? TimeLimit.Start(time, cancel) : null;
        var context = new RequestContext(services, request.Caller, limit?.Token ?? cancel);
        var run = new OperationRun(schema, variant, variables, context, new JsonOutput());
        if (plan.Node.Operation == OperationKind.Mutation)
        {
            return FinishAsync(run, run.RunSeriallyAsync(root), limit, cancel);
        }
        var isDone = false;
        try
        {
            isDone = run.TryRun(root);
        }
        catch (Exception exception)
        {
            return FinishAsync(run, Task.FromException(exception), limit, cancel);
        }
        if (!isDone)
        {
            return FinishAsync(run, run.FinishAsync(), limit, cancel);
        }
        limit?.Dispose();
        return new(Answer(run));
    }

    private async ValueTask<ExecutionResult> FinishAsync(
        OperationRun run, Task rest, TimeLimit? limit, CancellationToken cancel)
    {
        try
        {
            await rest;
            return Answer(run);
        }
        catch (OperationCanceledException) when (limit?.Token.IsCancellationRequested == true && !cancel.IsCancellationRequested)
        {
            var output = new JsonOutput(256);
            output.WriteRaw("{\"data\":null"u8);
            var seconds = options.TimeLimit!.Value.TotalSeconds;
            return ResponseWriter.Finish(
                output, [GraphQLError.Of(ErrorCodes.TooSlow, $"The answer took longer than {seconds} s.")], cost);
        }
        finally
        {
            limit?.Dispose();
        }
    }

    private ExecutionResult Answer(OperationRun run)
    {
        var errors = run.Errors ?? None;
        if (errors.Count > 0 && options.ErrorFilter is { } filter)
        {
            errors = [.. errors.Select(filter)];
        }
        return ResponseWriter.Finish(run.Output, errors, cost);
    }
}
