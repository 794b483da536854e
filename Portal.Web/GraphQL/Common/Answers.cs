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
