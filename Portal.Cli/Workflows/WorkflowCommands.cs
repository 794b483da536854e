using System.CommandLine;
using Portal.Cli.Http;
using Portal.Cli.Output;

namespace Portal.Cli.Workflows;

/// <summary><c>portal workflow</c>.</summary>
public static class WorkflowCommands
{
    /// <summary>The command.</summary>
    public static Command Make() => new("workflow", "Workflows") { List(), Add(), Show() };

    private static Command List() => new Command("list", "The workflows of your project").Does(async (parsed, portal, cancel) =>
    {
        var workflows = await portal.ListAsync("workflows", int.MaxValue, cancel);
        if (parsed.Json()) Print.Json(workflows);
        else Print.Table(workflows, ("id", w => w.Text("id")), ("name", w => w.Text("name")), ("version", w => w.Text("version")), ("title", w => w.Text("title")));
        return ExitCode.Well;
    });

    private static Command Add()
    {
        var file = new Argument<string>("file") { Description = "The description (YAML), - for standard input" };
        return new Command("add", "Add a workflow, or a new version of it") { file }.Does(async (parsed, portal, cancel) =>
        {
            var path = parsed.GetValue(file)!;
            if (path != "-" && !File.Exists(path)) throw new UsageException($"There is no file {path}.");
            var text = path == "-" ? await Console.In.ReadToEndAsync(cancel) : await File.ReadAllTextAsync(path, cancel);
            var added = await portal.PostTextAsync("workflows", text, "text/yaml", cancel);
            if (parsed.Json()) Print.Json(added);
            else Print.Fields(("Workflow", added.Text("id")), ("Name", added.Text("name")), ("Version", added.Text("version")));
            return ExitCode.Well;
        });
    }

    private static Command Show()
    {
        var workflow = new Argument<string>("workflow") { Description = "Id or name" };
        var version = new Option<int?>("--version-number") { Description = "The version; the newest when left out" };
        return new Command("show", "The text of a workflow") { workflow, version }.Does(async (parsed, portal, cancel) =>
        {
            var id = await portal.IdAsync("workflows", parsed.GetValue(workflow)!, cancel);
            var found = await portal.GetAsync(parsed.GetValue(version) is { } number ? $"workflows/{id}/versions/{number}" : $"workflows/{id}", cancel);
            if (parsed.Json()) Print.Json(found);
            else Console.Out.Write(found.Text("text"));
            return ExitCode.Well;
        });
    }
}
