using Portal.GraphQL.Execution;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>How large a page may be. On a parameter of type <see cref="Paging"/>.</summary>
/// <param name="most">Larger ones are refused.</param>
/// <param name="usual">Where nothing is said.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class PageSizeAttribute(int most = 100, int usual = 20) : Attribute
{
    /// <summary>Larger ones are refused.</summary>
    public int Most { get; } = most;

    /// <summary>Where nothing is said.</summary>
    public int Default { get; } = usual;
}

/// <summary>
/// Which page of a connection is asked for. A parameter of this type is four arguments: <c>first</c>, <c>after</c>,
/// <c>last</c>, <c>before</c>. Relay's cursor connections.
/// </summary>
/// <param name="Size">How many, from 0.</param>
/// <param name="IsBackward">Whether the last ones are asked for.</param>
/// <param name="After">Only what comes behind that cursor; null for all.</param>
/// <param name="Before">Only what comes in front of that cursor; null for all.</param>
public sealed record Paging(int Size, bool IsBackward, string? After, string? Before)
{
    internal static IReadOnlyList<InputDraft> Arguments { get; } =
    [
        new("first", Names.Type("Int"), "How many from the front."),
        new("after", Names.Type("String"), "Only what comes behind this cursor."),
        new("last", Names.Type("Int"), "How many from the end."),
        new("before", Names.Type("String"), "Only what comes in front of this cursor."),
    ];

    internal static Paging Of(ArgumentValues arguments, int index, PageSizeAttribute limits)
    {
        var (first, last) = (arguments[index] as int?, arguments[index + 2] as int?);
        if (first is not null && last is not null)
        {
            throw new GraphQLException("Either \"first\" or \"last\" may be given.", ErrorCodes.BadSize);
        }
        var size = first ?? last ?? limits.Default;
        if (size < 0 || size > limits.Most)
        {
            throw new GraphQLException(
                $"\"{(last is null ? "first" : "last")}\" must be from 0 to {limits.Most}.", ErrorCodes.BadSize);
        }
        return new Paging(size, last is not null, arguments[index + 1] as string, arguments[index + 3] as string);
    }
}
