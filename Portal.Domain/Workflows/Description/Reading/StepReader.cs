using Portal.Domain.Common;
using Portal.Domain.Workflows.Description.Yaml;

namespace Portal.Domain.Workflows.Description;

/// <summary>Reads <c>steps</c>.</summary>
internal static class StepReader
{
    public const int MaximumScript = 64 * 1024;

    private const string Example = "Write `- { id: solve, command: sh code/solve.sh }`.";

    private const string NoExpression = "Parameters reach a script as environment variables, which keeps its shell safe: "
        + "write \"$PARAM_NAME\" (the name in upper case, - as _), \"$RUN_ID\", \"$RUN_NAME\".";

    public static IReadOnlyList<StepDescription> Read(MapReader top, Reading reading)
    {
        top.Require("steps", Example);
        var steps = new List<StepDescription>();
        foreach (var (item, field) in top.Items("steps", 100, Example))
        {
            if (item is YamlMap map)
            {
                steps.Add(One(new MapReader(map, field, reading, "id", "title", "command", "script", "environment",
                    "resources"), reading, steps));
            }
            else
            {
                reading.WrongType(item, field, "A map with `id` and `command`", Example);
            }
        }

        if (top.Map.Entries.FirstOrDefault(x => x.Key.Text == "steps").Value is YamlList { Items.Count: 0 } empty)
        {
            reading.Problems.Add("MISSING_KEY", "A workflow needs at least one step.", "steps", empty, Example);
        }

        return steps;
    }

    private static StepDescription One(MapReader map, Reading reading, List<StepDescription> before)
    {
        map.Require("id", "Give the step a short name, as `id: solve`.");
        var id = "";
        if (map.Single("id") is { } node)
        {
            id = TemplateReader.Plain(node, map.Path("id"), reading, "The id of a step is the same in every run.");
            reading.Problems.Take(Names.Name(id, "id of a step"), map.Path("id"), node.Line, node.Column);
            if (before.Exists(x => x.Id == id))
            {
                reading.Problems.Add("DUPLICATE_NAME", $"The id {Characters.Shown(id)} is used by an earlier step.",
                    map.Path("id"), node,
                    "Give every step an id of its own.");
            }
        }

        return new(id, map.Template("title", Title, Early.Parts), Script(map, reading),
            EnvironmentReader.Read(map, reading), Resources(map, reading));
    }

    /// <summary>A title: one line, up to 200 characters.</summary>
    public static Result<string> Title(string text) => text.Length <= 200 && Characters.OneLine(text) ? text
        : new Problem("INVALID_VALUE", "The title is longer than 200 characters or than one line.", Advice: "Shorten it.");

    private static string Script(MapReader map, Reading reading)
    {
        var (command, script) = (map.Single("command", "Text of one line"), map.Single("script"));
        if (command is not null && script is not null)
        {
            reading.Problems.Add("INVALID_VALUE", "The step has a command and a script.", map.Path("script"), script,
                "Keep one of the two.");
        }
        else if (!map.Has("command") && !map.Has("script"))
        {
            reading.Problems.Add("MISSING_KEY", "The step has neither a command nor a script.", map.Path("command"), map.Map,
                "Write `command: ...` for one line, `script: |` for several.");
        }

        if ((command ?? script) is not { } node)
        {
            return "";
        }

        var field = map.Path(command is null ? "script" : "command");
        var text = TemplateReader.Plain(node, field, reading, NoExpression);
        var body = command is null ? text : text.TrimEnd('\n');
        if (node.Means is ScalarKind.Integer or ScalarKind.Number || body.AsSpan().Trim().IsEmpty)
        {
            reading.WrongType(node, field, "A command", "Write what a shell is to run; quote it when it is a number.");
        }
        else if (body.Length > MaximumScript)
        {
            reading.Problems.Add("TOO_LONG", $"The script is longer than {MaximumScript} characters.", field, node,
                "Put it into a file of the code and call that.");
        }
        else if (command is not null && body.Contains('\n', StringComparison.Ordinal))
        {
            reading.Problems.Add("INVALID_VALUE", "A command has one line.", field, node, "Write `script: |` for several lines.");
        }
        else if (!Characters.AllMayStand(body))
        {
            reading.Problems.Add("CONTROL_CHARACTER", "The script holds a control character.", field, node,
                "Remove it, or print it with printf.");
        }

        return body;
    }

    private static ResourceDescription Resources(MapReader step, Reading reading)
    {
        var node = step.Find("resources");
        if (node is not YamlMap entries)
        {
            if (node is not null)
            {
                reading.WrongType(node, step.Path("resources"), "A map",
                    "Write `resources: { tasks: 4, memory: 2 GB, time: 10m }`.");
            }

            return new();
        }

        var map = new MapReader(entries, step.Path("resources"), reading, ResourceCheck.Keys);
        var resources = new ResourceDescription(
            map.Template("nodes", ResourceCheck.Nodes), map.Template("tasks", ResourceCheck.Tasks),
            map.Template("cpus", ResourceCheck.Cpus),
            map.Template("memory", MemorySize.Parse), map.Template("time", Duration.Parse),
            map.Template("partition", ResourceCheck.Partition, Early.Parts),
            map.Template("account", ResourceCheck.Account, Early.Parts),
            map.Template("qos", ResourceCheck.Qos, Early.Parts), map.Template("array", TaskArray.Parse));
        if (resources is { Nodes.IsLiteral: true, Tasks.IsLiteral: true })
        {
            ResourceCheck.Fit(ResourceCheck.Nodes(resources.Nodes.Text).Value, ResourceCheck.Tasks(resources.Tasks.Text).Value,
                resources.Tasks, reading.Problems);
        }

        return resources;
    }
}
