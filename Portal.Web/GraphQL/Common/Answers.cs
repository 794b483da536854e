using System.Runtime.CompilerServices;
using Portal.Domain.Common;
using Portal.GraphQL.Execution;

namespace Portal.Web.GraphQL.Common;

/// <summary>What handlers answer, as queries answer it.</summary>
public static class Answers
{
    /// <summary>The value; null for what does not exist, or does not for the caller.</summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    /// <param name="result">What the handler answered.</param>
    /// <exception cref="GraphQLException">It was refused for another reason.</exception>
    public static T? OrNull<T>(this Result<T> result)
        where T : class => result.Ok ? result.Value
        : result.Problems[0].Code == "NOT_FOUND" ? null
        : throw Refusal(result.Problems[0]);

    /// <summary>The value.</summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    /// <param name="result">What the handler answered.</param>
    /// <exception cref="GraphQLException">It was refused.</exception>
    public static T OrThrow<T>(this Result<T> result) => result.Ok ? result.Value : throw Refusal(result.Problems[0]);

    /// <summary>What is followed, as subscriptions answer it; a refusal ends it.</summary>
    /// <typeparam name="T">What the handler gives.</typeparam>
    /// <typeparam name="TAnswer">What is answered with.</typeparam>
    /// <param name="followed">What the handler answers.</param>
    /// <param name="answer">From one to the other.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="GraphQLException">It was refused, or the caller may not follow it any more.</exception>
    public static async IAsyncEnumerable<TAnswer> ValuesAsync<T, TAnswer>(this IAsyncEnumerable<Result<T>> followed,
        Func<T, TAnswer> answer, [EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var result in followed.WithCancellation(cancel)) yield return answer(result.OrThrow());
    }

    /// <summary>A refusal as an error of a field, with all that is known of it.</summary>
    /// <param name="problem">Why.</param>
    public static GraphQLException Refusal(Problem problem)
    {
        var more = new OrderedDictionary<string, object?> { ["code"] = problem.Code };
        if (problem.Field is { } field) more["field"] = field;
        if (problem.Advice is { } advice) more["advice"] = advice;
        return new(problem.Message, more);
    }
}
