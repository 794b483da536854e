using System.Text.Json.Nodes;
using Portal.Domain.Workflows.Description;
using static Portal.Domain.Runs.Crates.LinkedData;

namespace Portal.Domain.Runs.Crates;

/// <summary>The workflow of a crate: the description as it was submitted, what it takes and gives, its steps and what they run
/// (Workflow and Provenance Run Crate 0.5).</summary>
internal static class CrateWorkflow
{
    /// <summary>Where the description stands.</summary>
    public const string File = "workflow.yaml";

    private const string Language = "#workflow-language";
    private const string ParameterProfile = "https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE";
    private const string WorkflowProfile = "https://bioschemas.org/profiles/ComputationalWorkflow/1.0-RELEASE";

    /// <summary>The id of a parameter, an input or an output as the workflow declares it.</summary>
    public static string Formal(string kind, object name) => $"#{kind}-{Uri.EscapeDataString($"{name}")}";

    /// <summary>The id of what a step runs.</summary>
    public static string Tool(string step) => $"#tool-{step}";

    /// <summary>The id of a step.</summary>
    public static string Step(string step) => $"#step-{step}";

    /// <summary>Adds the workflow and its parts.</summary>
    public static void Add(LinkedData graph, CrateSource source, CrateFile file)
    {
        var (request, plan) = (source.Request, source.Request.Plan);
        graph.Add(File, ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"],
            ("name", source.Description?.Title ?? request.WorkflowName), ("alternateName", request.WorkflowName),
            ("description", source.Description?.Description),
            ("version", request.WorkflowVersion is { } version ? Number(version) : null),
            ("identifier", request.WorkflowId?.ToString()), ("encodingFormat", "application/yaml"),
            ("contentSize", Number(file.Size)), ("sha256", file.Sha256), ("programmingLanguage", To(Language)),
            ("conformsTo", To(WorkflowProfile)),
            ("input", To([.. request.Parameters.Keys.Select(name => Formal("parameter", name)),
                .. plan.Inputs.Select((_, index) => Formal("input", index))])),
            ("output", To(plan.Outputs.Select((_, index) => Formal("output", index)))),
            ("step", To(plan.Steps.Select(step => Step(step.Id)))),
            ("hasPart", To(plan.Steps.Select(step => Tool(step.Id)))));
        graph.Add(Language, ["ComputerLanguage"], ("name", "Portal workflow description"), ("alternateName", "portal"),
            ("version", "1"));
        foreach (var name in request.Parameters.Keys)
            Parameter(graph, name, source.Description?.Parameters.FirstOrDefault(one => one.Name == name));
        foreach (var (index, input) in plan.Inputs.Index()) FileParameter(graph, "input", index, input.To, required: true);
        foreach (var (index, output) in plan.Outputs.Index())
            FileParameter(graph, "output", index, output.From, required: !output.Optional);
        var modules = CrateSoftware.AddModules(graph, source.Software);
        foreach (var (index, step) in plan.Steps.Index())
        {
            graph.Add(Step(step.Id), ["HowToStep"], ("name", step.Title), ("position", Number(index)),
                ("workExample", To(Tool(step.Id))));
            graph.Add(Tool(step.Id), ["SoftwareApplication"], ("name", step.Title), ("description", step.Script),
                ("softwareRequirements", To(modules)));
        }
    }

    private static void Parameter(LinkedData graph, string name, ParameterDefinition? defined) =>
        graph.Add(Formal("parameter", name), ["FormalParameter"], ("name", name), ("alternateName", defined?.Title),
            ("description", defined?.Description), ("conformsTo", To(ParameterProfile)),
            ("additionalType", defined?.Type switch
            {
                ParameterType.Integer => "Integer",
                ParameterType.Number => "Float",
                ParameterType.Boolean => "Boolean",
                _ => "Text",
            }),
            ("valueRequired", JsonValue.Create(defined?.Required ?? true)), ("defaultValue", defined?.Default?.Text));

    private static void FileParameter(LinkedData graph, string kind, int index, string path, bool required) =>
        graph.Add(Formal(kind, index), ["FormalParameter"], ("name", path), ("additionalType", "File"),
            ("conformsTo", To(ParameterProfile)), ("valueRequired", JsonValue.Create(required)));
}
