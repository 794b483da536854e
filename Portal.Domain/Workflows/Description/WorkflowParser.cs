using Portal.Domain.Common;
using Portal.Domain.Workflows.Description.Yaml;

namespace Portal.Domain.Workflows.Description;

/// <summary>Reads the description of a workflow, version 1 of the format (docs/workflow-format.md).</summary>
public static class WorkflowParser
{
    private static readonly string[] Keys =
        ["portal", "name", "title", "description", "parameters", "inputs", "code", "environment", "steps", "outputs"];

    /// <summary>
    /// Reads a file of up to 1 MiB. Refused with all problems found, up to 50 and in the order of the file, each with code, line,
    /// column and advice, and the path of its field where there is one.
    /// </summary>
    public static Result<WorkflowDescription> Parse(string text)
    {
        var problems = new ProblemList();
        var source = new SourceText(text);
        var root = new YamlReader(source, problems).Read();
        var workflow = root switch
        {
            null => null,
            YamlMap map => Workflow(map, new Reading(source, problems)),
            _ => NoMap(root, problems),
        };
        return workflow is null || problems.Any ? Result.Refused<WorkflowDescription>(problems.InOrder()) : workflow;
    }

    private static WorkflowDescription? NoMap(YamlNode root, ProblemList problems)
    {
        problems.Add("WRONG_TYPE", $"A workflow is a map of keys, not {root.Kind}.", "", root, "Begin it with `portal: 1`.");
        return null;
    }

    private static WorkflowDescription Workflow(YamlMap root, Reading reading)
    {
        var top = new MapReader(root, "", reading, Keys);
        Version(top, reading);
        var name = Name(top, reading);
        var parameters = ParameterReader.Read(top, reading);
        var environment = EnvironmentReader.Read(top, reading);
        var inputs = TransferReader.Inputs(top, reading);
        var code = TransferReader.Code(top, reading);
        var steps = StepReader.Read(top, reading);
        var outputs = TransferReader.Outputs(top, reading);
        var title = top.Text("title", 200) is { Length: > 0 } given ? given : name;
        ReferenceCheck.All(reading, parameters, environment);
        return new(name, title, top.Text("description", 4000, lines: true), parameters, inputs, code, environment, steps,
            outputs);
    }

    private static void Version(MapReader top, Reading reading)
    {
        top.Require("portal", "Begin the file with `portal: 1`, the version of the format.");
        if (top.Single("portal", "The number 1") is not { } node)
        {
            return;
        }

        if (node.Means != ScalarKind.Integer)
        {
            reading.WrongType(node, "portal", "The number 1", "Write `portal: 1`, without quotes.");
        }
        else if (node.Text != "1")
        {
            reading.Problems.Add("UNSUPPORTED_VERSION",
                $"Version {Characters.Shown(node.Text)} of the format is not known here.", "portal", node,
                "This portal reads version 1: write `portal: 1`.");
        }
    }

    private static string Name(MapReader top, Reading reading)
    {
        top.Require("name", "Give the workflow a name, as `name: heat-sweep`.");
        if (top.Single("name") is not { } node)
        {
            return "";
        }

        var name = TemplateReader.Plain(node, "name", reading, "The name of a workflow is the same in every run.");
        reading.Problems.Take(Names.Name(name, "name of a workflow"), "name", node.Line, node.Column);
        return name;
    }
}
