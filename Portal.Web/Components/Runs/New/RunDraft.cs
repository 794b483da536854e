using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Domain.Workflows.Description;

namespace Portal.Web.Components.Runs.New;

/// <summary>What somebody has filled in so far for a new run, and what it comes to. Nothing in it is ever lost by a mistake: a
/// text that cannot be read keeps the values given to the parameters of the one before.</summary>
public sealed class RunDraft
{
    private readonly Dictionary<string, string> given = [];

    /// <summary>The description's text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The last description that could be read; null before the first.</summary>
    public WorkflowDescription? Workflow { get; private set; }

    /// <summary>What is wrong with the text, by line and column; empty when nothing is.</summary>
    public IReadOnlyList<Problem> TextProblems { get; private set; } = [];

    /// <summary>What is wrong with values of parameters.</summary>
    public IReadOnlyList<Problem> ValueProblems { get; private set; } = [];

    /// <summary>What is wrong with the plan that comes of them.</summary>
    public IReadOnlyList<Problem> PlanProblems { get; private set; } = [];

    /// <summary>What would be done; null while anything is wrong.</summary>
    public RunPlan? Plan { get; private set; }

    /// <summary>Whether the text is one that can be run.</summary>
    public bool Readable => Workflow is not null && TextProblems.Count == 0;

    /// <summary>Takes a description. Parameters keep what was given to their names; new ones begin with their defaults.</summary>
    public void Read(string text)
    {
        Text = text;
        if (string.IsNullOrWhiteSpace(text))
        {
            (Workflow, TextProblems) = (null, []);
            return;
        }
        var parsed = WorkflowParser.Parse(text);
        TextProblems = parsed.Problems ?? [];
        if (!parsed.Ok) return;
        Workflow = parsed.Value;
        foreach (var parameter in Workflow.Parameters.Where(parameter => parameter.Default is { IsLiteral: true }))
            given.TryAdd(parameter.Name, parameter.Default!.Text);
    }

    /// <summary>Forgets all values, so that the next description begins with its own defaults.</summary>
    public void Forget() => given.Clear();

    /// <summary>The value that stands in a parameter's field.</summary>
    public string Value(string name) => given.GetValueOrDefault(name, "");

    /// <summary>Puts a value into a parameter's field.</summary>
    public void Give(string name, string value) => given[name] = value;

    /// <summary>The values to be sent: those of the description's parameters. An empty field means that nothing was given, unless
    /// the parameter is a text that has a default: then the person emptied it.</summary>
    public IReadOnlyDictionary<string, string> Given => (Workflow?.Parameters ?? [])
        .Where(parameter => given.TryGetValue(parameter.Name, out var value)
            && (value.Length > 0 || parameter is { Type: ParameterType.Text, Default.IsLiteral: true }))
        .ToDictionary(parameter => parameter.Name, parameter => given[parameter.Name]);

    /// <summary>Finds out what the values come to.</summary>
    /// <param name="run">The run's id, which plans may refer to.</param>
    /// <param name="name">Its name; empty for the workflow's title.</param>
    public void Check(Id<Run> run, string name)
    {
        (Plan, PlanProblems, ValueProblems) = (null, [], []);
        if (!Readable) return;
        var bound = ParameterValues.Bind(Workflow!.Parameters, Given);
        ValueProblems = bound.Problems ?? [];
        if (!bound.Ok) return;
        var plan = PlanResolver.Resolve(Workflow, bound.Value, run.ToString(),
            string.IsNullOrWhiteSpace(name) ? Workflow.Title : name.Trim());
        (Plan, PlanProblems) = (plan.Value, plan.Problems ?? []);
    }

    /// <summary>The path of a parameter's field in problems.</summary>
    public static string FieldOf(string parameter) => $"parameters.{parameter}";
}
