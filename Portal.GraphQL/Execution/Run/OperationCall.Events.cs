using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.Execution;

/// <content>Subscriptions. Specification, section 6.2.3.</content>
internal sealed partial class OperationCall
{
    // What goes wrong before the first event is a refusal of the whole. Section 6.2.3.1, CreateSourceEventStream().
    public async Task<ExecutionResult> SubscribeAsync(CancellationToken cancel)
    {
        var life = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var variant = plan.For(variables);
        try
        {
            var source = await OpenAsync(variant, life.Token);
            return new ExecutionResult(FollowAsync(variant, source, life.Token), new Life(life));
        }
        catch (Exception exception) when (!cancel.IsCancellationRequested)
        {
            life.Dispose();
            return ExecutionResult.Refuse([Filter(Tell(exception, variant))]);
        }
    }

    private async Task<IAsyncEnumerable<object?>> OpenAsync(VariantPlan variant, CancellationToken cancel)
    {
        if (variant.Root.Error is { } error)
        {
            throw error;
        }
        if (variant.Root.Fields is not [var field, ..])
        {
            var node = plan.Node.SelectionSet.Selections.OfType<Language.FieldNode>().FirstOrDefault();
            throw new GraphQLException(
                $"The subscription field \"{node?.Name.Value}\" is not defined.", node?.Location ?? plan.Node.Location);
        }
        var arguments = field.Arguments is { } given
            ? given.IsConstant ? given.Constant : new ArgumentValues(given.Coerce(variables))
            : default;
        var state = new RequestContext(request.Services, request.Caller, cancel);
        var context = new ResolverContext(request.Root, field.Parent, field.Definition, arguments, schema, state, cancel);
        var opening = OpenAsync(field, context).AsTask();
        // Loaders may be asked here too.
        _ = opening.ContinueWith(_ => state.Queue.Enqueue(Nudge.Instance), TaskScheduler.Default);
        await state.Queue.DriveAsync(() => opening.IsCompleted, cancel);
        return await opening;
    }

    private static async ValueTask<IAsyncEnumerable<object?>> OpenAsync(FieldPlan field, ResolverContext context)
    {
        if (field.Authorizer is { } authorizer && await authorizer(context) is { } refusal)
        {
            throw new GraphQLException(refusal.Message, refusal.Extensions);
        }
        return field.Definition.Source is { } open
            ? await open(context)
            : throw new GraphQLException("Subscription field must return Async Iterable. Received: undefined.");
    }

    // Each event is an answer of its own; its errors end nothing. Section 6.2.3.2, MapSourceToResponseEvent().
    private async IAsyncEnumerable<ExecutionResult> FollowAsync(
        VariantPlan variant,
        IAsyncEnumerable<object?> source,
        CancellationToken life,
        [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(life, cancel);
        await foreach (var item in source.WithCancellation(both.Token))
        {
            yield return await RunEventAsync(variant, item, both.Token);
        }
    }

    // What is scoped lives as long as the answer is made: a subscription may last for days.
    private async ValueTask<ExecutionResult> RunEventAsync(VariantPlan variant, object? item, CancellationToken cancel)
    {
        if (request.Services?.GetService(typeof(IServiceScopeFactory)) is not IServiceScopeFactory scopes)
        {
            return await RunAsync(variant, item, request.Services, cancel);
        }
        await using var scope = scopes.CreateAsyncScope();
        return await RunAsync(variant, item, scope.ServiceProvider, cancel);
    }

    private static GraphQLError Tell(Exception exception, VariantPlan variant)
    {
        var thrown = exception as GraphQLException;
        var field = variant.Root.Fields.FirstOrDefault();
        return new GraphQLError(exception.Message)
        {
            Locations = thrown is { Locations.IsEmpty: false } || field is null
                ? thrown?.Locations ?? []
                : [.. field.Nodes.Select(node => node.Location)],
            Path = field is null ? [] : [field.Key],
            Extensions = thrown?.Extensions,
            Fault = exception,
        };
    }

    private GraphQLError Filter(GraphQLError error) => options.ErrorFilter is { } filter ? filter(error) : error;

    // Ends what resolvers of the source may still hold.
    private sealed class Life(CancellationTokenSource source) : IDisposable
    {
        public void Dispose()
        {
            source.Cancel();
            source.Dispose();
        }
    }

    // Makes the queue look again whether it is done.
    private sealed class Nudge : WorkItem
    {
        public static Nudge Instance { get; } = new();

        public override void Run()
        {
        }
    }
}
