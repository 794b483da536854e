using Portal.Domain.Common;
using Portal.Domain.Workflows.Description.Yaml;

namespace Portal.Domain.Workflows.Description;

/// <summary>Gathers the problems of a file, so that all are told at once. Beyond the cap only their being is told.</summary>
internal sealed class ProblemList
{
    public const int Cap = 50;

    private readonly List<Problem> problems = [];
    private bool more;

    public bool Any => problems.Count > 0;

    public void Add(Problem problem)
    {
        if (problems.Contains(problem))
        {
            return;
        }

        if (problems.Count < Cap)
        {
            problems.Add(problem);
        }
        else
        {
            more = true;
        }
    }

    public void Add(string code, string message, string field, int line, int column, string advice) =>
        Add(new Problem(code, message, field.Length == 0 ? null : field, line, column, advice));

    public void Add(string code, string message, string field, YamlNode at, string advice) =>
        Add(code, message, field, at.Line, at.Column, advice);

    /// <summary>Takes a result's problems with the place given; returns its value, or the default when it has none.</summary>
    public T? Take<T>(Result<T> result, string field, int line, int column)
    {
        foreach (var problem in result.Problems ?? [])
        {
            Add(problem with { Field = field, Line = line, Column = column });
        }

        return result.Value;
    }

    /// <summary>All of them in the order of the file; one more in the end when there were too many.</summary>
    public IReadOnlyList<Problem> InOrder()
    {
        var ordered = problems.OrderBy(x => x.Line).ThenBy(x => x.Column).ToList();
        if (more)
        {
            ordered.Add(new Problem("TOO_MANY_PROBLEMS", $"There are more problems than the {Cap} shown.",
                null, ordered[^1].Line, ordered[^1].Column, "Mend these first and try again."));
        }

        return ordered;
    }
}
