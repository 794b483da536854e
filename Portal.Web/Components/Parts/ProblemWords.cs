using Portal.Domain.Common;

namespace Portal.Web.Components.Parts;

/// <summary>Puts problems where they belong: to their fields, and the rest above the form.</summary>
public static class ProblemWords
{
    /// <summary>What is wrong with one field, in words; null when nothing is.</summary>
    public static string? At(this IReadOnlyList<Problem>? problems, string field)
    {
        var here = (problems ?? []).Where(problem => problem.Field == field).Select(Words).ToList();
        return here.Count == 0 ? null : string.Join(" ", here);
    }

    /// <summary>The problems that belong to none of these fields.</summary>
    public static IReadOnlyList<Problem> Besides(this IReadOnlyList<Problem>? problems, params string[] fields) =>
        [.. (problems ?? []).Where(problem => !fields.Contains(problem.Field))];

    /// <summary>A problem as one text.</summary>
    public static string Words(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.Advice is null ? problem.Message : $"{problem.Message} {problem.Advice}";
    }
}
