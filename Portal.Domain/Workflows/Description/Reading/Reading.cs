using Portal.Domain.Common;
using Portal.Domain.Workflows.Description.Yaml;

namespace Portal.Domain.Workflows.Description;

/// <summary>What the reading of one file carries along.</summary>
internal sealed class Reading(SourceText source, ProblemList problems)
{
    private readonly List<(Template Template, bool OnlyParameters)> templates = [];

    public SourceText Source { get; } = source;

    public ProblemList Problems { get; } = problems;

    /// <summary>Every value that may hold references, to be checked once all names are known.</summary>
    public IReadOnlyList<(Template Template, bool OnlyParameters)> Templates => templates;

    /// <summary>A value that may hold expressions.</summary>
    public Template Template(YamlScalar node, string field, bool onlyParameters = false)
    {
        var template = TemplateReader.Read(node, field, this);
        templates.Add((template, onlyParameters));
        return template;
    }

    /// <summary>Checks what can be known of a value before a run: all of it, or with <c>1</c> in place of what is not.</summary>
    public void Check<T>(Template template, Func<string, Result<T>> parse, Early early = Early.Whole)
    {
        if (template.IsLiteral || early == Early.Parts || (early == Early.AfterBeginning && template.Parts[0].Reference is null))
        {
            Problems.Take(parse(template.Replace(_ => "1")), template.Field, template.Line, template.Column);
        }
    }

    public void WrongType(YamlNode node, string field, string wanted, string advice) =>
        Problems.Add("WRONG_TYPE", $"{wanted} is expected here, not {node.Kind}.", field, node, advice);
}

/// <summary>What can be said about a value with references before a run.</summary>
internal enum Early
{
    /// <summary>Nothing: numbers, and what is built of them.</summary>
    Whole,

    /// <summary>Nothing if it begins with a reference, which may stand for a whole URL.</summary>
    AfterBeginning,

    /// <summary>Whatever is put in, its other parts must be right.</summary>
    Parts,
}
