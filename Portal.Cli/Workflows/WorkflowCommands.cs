using System.CommandLine;
using Portal.Cli.Configuration;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Workflows;

/// <summary><c>portal workflow</c>.</summary>
public static class WorkflowCommands
{
    private static readonly Operation Listing = new("Workflows", "ListWorkflows");

    /// <summary>The command.</summary>
    public static Command Make() => new("workflow", "Workflows") { List(), Add(), Show() };

    /// <summary>The global id of a workflow given by its key or by its name in the personal project.</summary>
    internal static Task<string> WorkflowIdAsync(this PortalClient portal, string given, CancellationToken cancel) =>
        portal.IdAsync<Workflow>("Workflow", given, Listing, workflow => (workflow.Id, workflow.Name), cancel);

    private static Command List() => new Command("list", "The workflows of your project").Does(async (parsed, portal, cancel) =>
    {
        var workflows = await portal.ListAsync<Workflow>(Listing, after => new { after }, cancel).ToListAsync(cancel);
        parsed.Show(workflows, () =>
            Print.Table(workflows, ("key", w => w.Key), ("name", w => w.Name), ("version", w => $"{w.Version}"),
            ("title", w => w.Title)));
        return ExitCode.Well;
    });

    private static Command Add()
    {
        var file = new Argument<string>("file") { Description = "The description (YAML), - for standard input" };
        return new Command("add", "Add a workflow, or a new version of it") { file }.Does(async (parsed, portal, cancel) =>
        {
            var input = new { text = await TextFile.ReadAsync(parsed.GetValue(file)!, cancel) };
            var added = await portal.ChangeAsync<Workflow>(new("Workflows", "AddWorkflow"), input, cancel);
            parsed.Show(added, () =>
                Print.Fields(("Workflow", added.Key), ("Name", added.Name), ("Version", $"{added.Version}")));
            return ExitCode.Well;
        });
    }

    private static Command Show()
    {
        var workflow = new Argument<string>("workflow") { Description = "Key or name" };
        var version = new Option<int?>("--version-number")
        {
            Description = "The version; the newest when left out", CustomParser = CommandParts.Value<int>("a whole number"),
        };
        return new Command("show", "The text of a workflow") { workflow, version }.Does(async (parsed, portal, cancel) =>
        {
            var number = parsed.GetValue(version);
            var id = await portal.WorkflowIdAsync(parsed.GetValue(workflow)!, cancel);
            var found = await portal.AskAsync<WorkflowText>(new("Workflows", "ShowWorkflow"),
                new { id, version = number ?? 0, old = number is not null }, cancel);
            if (number is not null)
            {
                var old = found.VersionOf
                    ?? throw new RefusedException([new("NOT_FOUND",
                        $"{found.Name} has no version {number}; its newest is {found.Version}.")]);
                found = found with { Version = old.Number, Text = old.Text, VersionOf = null };
            }
            parsed.Show(found, () => Console.Out.Write(found.Text));
            return ExitCode.Well;
        });
    }
}
