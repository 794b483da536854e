using System.Diagnostics.CodeAnalysis;

namespace Portal.Domain.Common;

/// <summary>A value, or the problems that stood in its way. Expected refusals travel as values, not as exceptions.</summary>
public sealed class Result<T>
{
    private Result(T? value, IReadOnlyList<Problem>? problems) => (Value, Problems) = (value, problems);

    /// <summary>The value; null when there are problems.</summary>
    public T? Value { get; }

    /// <summary>The problems, one or more; null when there is a value.</summary>
    public IReadOnlyList<Problem>? Problems { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problems))]
    public bool Ok => Problems is null;

    /// <summary>The value carried on, or the same problems.</summary>
    public Result<TOther> Then<TOther>(Func<T, Result<TOther>> next) => Ok ? next(Value) : Result.Refused<TOther>(Problems);

    internal static Result<T> Of(T value) => new(value, null);

    internal static Result<T> Refused(IReadOnlyList<Problem> problems) => new(default, problems);

    /// <summary>A value is a result.</summary>
    public static implicit operator Result<T>(T value) => Of(value);

    /// <summary>A problem is a result.</summary>
    public static implicit operator Result<T>(Problem problem) => Refused([problem]);
}

/// <summary>Makes results.</summary>
public static class Result
{
    /// <summary>A result that holds a value.</summary>
    public static Result<T> Of<T>(T value) => Result<T>.Of(value);

    /// <summary>A result that holds problems.</summary>
    public static Result<T> Refused<T>(IReadOnlyList<Problem> problems) => Result<T>.Refused(problems);
}
