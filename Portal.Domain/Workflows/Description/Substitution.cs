using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>Replaces references by what they stand for in one run. Lengths are counted before anything is built.</summary>
internal sealed class Substitution
{
    /// <summary>The longest value that any may grow to.</summary>
    public const int MaximumLength = 16_384;

    private readonly IReadOnlyDictionary<string, Template> environment;
    private readonly IReadOnlyDictionary<string, string> parameters;
    private readonly ProblemList problems;
    private readonly string runId;
    private readonly string runName;
    private readonly Dictionary<string, string?> resolved = [];

    public Substitution(WorkflowDescription workflow, IReadOnlyDictionary<string, string> values, string runId, string runName,
        ProblemList problems)
    {
        (environment, parameters, this.runId, this.runName, this.problems) = (workflow.Environment, values, runId, runName,
            problems);
    }

    /// <summary>A variable of the workflow's environment; null when a problem, noted by then, stands in its way.</summary>
    public string? Variable(string name)
    {
        if (resolved.TryGetValue(name, out var known) || !environment.TryGetValue(name, out var template))
        {
            return known;
        }

        resolved[name] = null;
        return resolved[name] = Value(template, EnvironmentReader.Value);
    }

    /// <summary>A value filled in and checked; the default when it cannot be taken, which is noted then.</summary>
    public T? Value<T>(Template? template, Func<string, Result<T>> parse)
    {
        if (template is null)
        {
            return default;
        }

        long length = 0;
        foreach (var part in template.Parts)
        {
            var text = part.Reference is { } reference ? Of(reference) : part.Literal;
            if (text is null)
            {
                return default;
            }

            length += text.Length;
        }

        if (length > MaximumLength)
        {
            problems.Add("TOO_LONG", $"The value becomes {length} characters long.", template.Field, template.Line,
                template.Column,
                $"At most {MaximumLength}; put more into a file.");
            return default;
        }

        return problems.Take(parse(template.Replace(x => Of(x)!)), template.Field, template.Line, template.Column);
    }

    private string? Of(Reference reference) => reference.Scope switch
    {
        "parameters" => parameters.GetValueOrDefault(reference.Name),
        "environment" => Variable(reference.Name),
        _ => reference.Name == "id" ? runId : runName,
    };
}
