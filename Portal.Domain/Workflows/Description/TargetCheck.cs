using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>Holds that nothing is written to a place twice.</summary>
internal static class TargetCheck
{
    /// <summary>Notes every target that is known already and stands there a second time, or lies below another one.</summary>
    public static void Unique(IEnumerable<Template> targets, Func<string, Result<string>> regular, ProblemList problems) =>
        Unique(targets.Where(x => x.IsLiteral).Select(x => (x, regular(x.Replace(_ => "")).Value)), problems);

    /// <summary>The same for targets whose text is known.</summary>
    public static void Unique(IEnumerable<(Template Template, string? Text)> targets, ProblemList problems)
    {
        var seen = new Dictionary<string, Template>();
        foreach (var (template, text) in targets)
        {
            if (text is not null && !seen.TryAdd(text, template))
            {
                problems.Add("DUPLICATE_NAME", $"{Characters.Shown(text)} is written to twice.", template.Field, template.Line,
                    template.Column, $"Choose another target; the first is in line {seen[text].Line}.");
            }
        }

        foreach (var (text, template) in seen)
        {
            for (var slash = text.LastIndexOf('/'); slash > 0; slash = text.LastIndexOf('/', slash - 1))
            {
                if (seen.TryGetValue(text[..slash], out var file))
                {
                    problems.Add("INVALID_PATH", $"{Characters.Shown(text)} lies below a file.", template.Field, template.Line,
                        template.Column,
                            $"The target in line {file.Line} makes {Characters.Shown(text[..slash])} a file: rename one.");
                    break;
                }
            }
        }
    }

    /// <summary>Notes every input that would stand where the code has to be; within its folder it is fine.</summary>
    public static void Apart(IEnumerable<(Template Template, string? Text)> inputs, string code, ProblemList problems)
    {
        foreach (var (template, text) in inputs)
        {
            if (text is not null && $"{code}/".StartsWith($"{text}/", StringComparison.Ordinal))
            {
                problems.Add("INVALID_PATH", $"The input would stand where the code goes, in {Characters.Shown(code)}.",
                    template.Field, template.Line, template.Column, "Choose another path for one of the two.");
            }
        }
    }
}
