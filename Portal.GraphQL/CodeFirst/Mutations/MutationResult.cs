using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>What a mutation gave: a value, or the errors that are declared by <see cref="ErrorAttribute{T}"/>.</summary>
/// <typeparam name="T">What is given when nothing is wrong.</typeparam>
public sealed class MutationResult<T> : IMutationResult
{
    private MutationResult(T? value, IReadOnlyList<object> errors) => (Value, Errors) = (value, errors);

    /// <summary>What was done; the default of its type if nothing was.</summary>
    public T? Value { get; }

    /// <summary>Why nothing was done; empty if it was.</summary>
    public IReadOnlyList<object> Errors { get; }

    object? IMutationResult.Value => Errors.Count > 0 ? null : Value;

    /// <summary>It was done.</summary>
    /// <param name="value">What was done.</param>
    public static implicit operator MutationResult<T>(T value) => Done(value);

    /// <summary>It was done.</summary>
    /// <param name="value">What was done.</param>
    public static MutationResult<T> Done(T value) => new(value, []);

    /// <summary>Nothing was done.</summary>
    /// <param name="errors">Why; objects of declared classes, at least one.</param>
    public static MutationResult<T> Refuse(params IReadOnlyList<object> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        return errors.Count > 0
            ? new(default, errors)
            : throw new ArgumentException("A refusal has a reason.", nameof(errors));
    }
}

/// <summary>The payload has its value under that name, not under that of the type.</summary>
/// <param name="name">The field of the payload.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PayloadAttribute(string name) : Attribute
{
    /// <summary>The field of the payload.</summary>
    public string Name { get; } = name;
}

// The payload as its fields read it.
internal interface IMutationResult
{
    object? Value { get; }

    IReadOnlyList<object> Errors { get; }
}

/// <summary>Payloads of mutations that give a bare value.</summary>
internal sealed record MutationPayload(object? Value) : IMutationResult
{
    public IReadOnlyList<object> Errors => [];

    public static FieldResolver Wrap(FieldResolver resolver) => context =>
    {
        var task = resolver(context);
        return task.IsCompletedSuccessfully ? new(Wrap(task.Result)) : WrapAsync(task);
    };

    // What is in the result, with its nulls.
    public static ClrType ValueOf(ClrType given) =>
        given.Type.IsGenericType && given.Type.GetGenericTypeDefinition() == typeof(MutationResult<>) ? given.Argument(0) : given;

    private static object Wrap(object? value) => value as IMutationResult ?? new MutationPayload(value);

    private static async ValueTask<object?> WrapAsync(ValueTask<object?> task) => Wrap(await task);
}
