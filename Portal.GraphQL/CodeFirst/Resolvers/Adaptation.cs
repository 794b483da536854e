using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Portal.GraphQL.CodeFirst;

/// <summary>What methods give back, in the one form that the executor takes.</summary>
internal static class Adaptation
{
    public static bool IsLater(Type type) => type == typeof(Task) || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() is var d)
            && (d == typeof(Task<>) || d == typeof(ValueTask<>) || d == typeof(IAsyncEnumerable<>)));

    // An expression of type ValueTask<object?>.
    public static Expression Adapt(Expression call)
    {
        var type = call.Type;
        if (!type.IsGenericType || !IsLater(type))
        {
            return type == typeof(void) || IsLater(type)
                ? throw new InvalidOperationException($"A resolver that gives nothing: {call}.")
                : Expression.Call(typeof(Adaptation), nameof(Now), null, Expression.Convert(call, typeof(object)));
        }
        var definition = type.GetGenericTypeDefinition();
        var name = definition == typeof(Task<>) ? nameof(OfTask)
            : definition == typeof(ValueTask<>) ? nameof(OfValueTask)
            : nameof(OfStream);
        return Expression.Call(typeof(Adaptation), name, type.GetGenericArguments(), call);
    }

    // Of a resolver of events; an expression of type ValueTask<IAsyncEnumerable<object?>>.
    public static Expression AdaptSource(Expression call)
    {
        var stream = ClrType.Implemented(call.Type, typeof(IAsyncEnumerable<>));
        if (stream is not null)
        {
            return Expression.Call(typeof(Adaptation), nameof(SourceNow), stream.GetGenericArguments(), call);
        }
        if (call.Type.IsGenericType && call.Type.GetGenericTypeDefinition() == typeof(Task<>)
            && ClrType.Implemented(call.Type.GetGenericArguments()[0], typeof(IAsyncEnumerable<>)) is { } later)
        {
            var item = later.GetGenericArguments()[0];
            return Expression.Call(typeof(Adaptation), nameof(SourceLater), [call.Type.GetGenericArguments()[0], item], call);
        }
        throw new InvalidOperationException($"A resolver of events that gives no stream: {call}.");
    }

    private static ValueTask<object?> Now(object? value) => new(value);

    private static ValueTask<object?> OfTask<T>(Task<T> task)
    {
        return task.IsCompletedSuccessfully ? new(task.Result) : Await(task);

        static async ValueTask<object?> Await(Task<T> task) => await task;
    }

    private static ValueTask<object?> OfValueTask<T>(ValueTask<T> task)
    {
        return task.IsCompletedSuccessfully ? new(task.Result) : Await(task);

        static async ValueTask<object?> Await(ValueTask<T> task) => await task;
    }

    private static ValueTask<object?> OfStream<T>(IAsyncEnumerable<T> stream) => new(Boxed(stream));

    private static ValueTask<IAsyncEnumerable<object?>> SourceNow<T>(IAsyncEnumerable<T> stream) => new(Boxed(stream));

    private static async ValueTask<IAsyncEnumerable<object?>> SourceLater<TStream, T>(Task<TStream> stream)
        where TStream : IAsyncEnumerable<T> => Boxed<T>(await stream);

    private static IAsyncEnumerable<object?> Boxed<T>(IAsyncEnumerable<T> stream) =>
        stream as IAsyncEnumerable<object?> ?? BoxAsync(stream);

    private static async IAsyncEnumerable<object?> BoxAsync<T>(
        IAsyncEnumerable<T> stream, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        await foreach (var item in stream.WithCancellation(cancel))
        {
            yield return item;
        }
    }
}
