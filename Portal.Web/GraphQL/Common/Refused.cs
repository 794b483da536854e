using Portal.Domain.Common;
using Portal.GraphQL.CodeFirst;
using Portal.Web.Rest.Common;

namespace Portal.Web.GraphQL.Common;

/// <summary>Why something was not done, and what to do about it.</summary>
[InterfaceType("Refusal")]
public interface IRefusal
{
    /// <summary>A sentence for people.</summary>
    string Message { get; }

    /// <summary>A word for programs, which never changes; the same as in REST.</summary>
    string Code { get; }

    /// <summary>The input that it is about, as a path, where there is one.</summary>
    string? Field { get; }

    /// <summary>Line in the text given, from 1, where there is one.</summary>
    int? Line { get; }

    /// <summary>Column in that line, from 1.</summary>
    int? Column { get; }

    /// <summary>What to do.</summary>
    string? Advice { get; }
}

/// <summary>A refusal of a handler.</summary>
/// <param name="problem">What the handler said.</param>
public abstract class Refused(Problem problem) : IRefusal
{
    /// <inheritdoc/>
    public string Message => problem.Message;

    /// <inheritdoc/>
    public string Code => problem.Code;

    /// <inheritdoc/>
    public string? Field => problem.Field;

    /// <inheritdoc/>
    public int? Line => problem.Line;

    /// <inheritdoc/>
    public int? Column => problem.Column;

    /// <inheritdoc/>
    public string? Advice => problem.Advice;

    /// <summary>The problems as errors of their kinds.</summary>
    /// <typeparam name="T">What would have been answered.</typeparam>
    /// <param name="problems">One or more.</param>
    public static MutationResult<T> Of<T>(IReadOnlyList<Problem> problems) =>
        MutationResult<T>.Refuse([.. problems.Select(Of)]);

    // Of the kinds that REST tells apart by their status.
    private static object Of(Problem problem) => Refusals.StatusOf(problem.Code) switch
    {
        StatusCodes.Status404NotFound => new NotFoundError(problem),
        StatusCodes.Status403Forbidden => new ForbiddenError(problem),
        StatusCodes.Status409Conflict => new ConflictError(problem),
        _ => new InvalidInputError(problem),
    };
}

/// <summary>It does not exist, or not for the caller.</summary>
/// <param name="problem">What the handler said.</param>
public sealed class NotFoundError(Problem problem) : Refused(problem);

/// <summary>The caller's role does not allow it.</summary>
/// <param name="problem">What the handler said.</param>
public sealed class ForbiddenError(Problem problem) : Refused(problem);

/// <summary>As things stand now it cannot be done.</summary>
/// <param name="problem">What the handler said.</param>
public sealed class ConflictError(Problem problem) : Refused(problem);

/// <summary>What was given cannot be taken.</summary>
/// <param name="problem">What the handler said.</param>
public sealed class InvalidInputError(Problem problem) : Refused(problem);

/// <summary>Makes what all refusals have an interface of the schema.</summary>
[ObjectType<IRefusal>]
public static class RefusalFields;
