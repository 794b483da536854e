using System.CommandLine;
using System.Xml;
using Portal.Cli.Configuration;
using Portal.Cli.Machines;
using Portal.Cli.Output;
using Portal.Cli.Projects;
using Portal.Cli.Workflows;

namespace Portal.Cli.Runs;

/// <summary><c>portal run submit</c>.</summary>
public static class SubmitCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var machine = new Option<string>("--machine", "-m") { Required = true, Description = "Key or name of the machine" };
        var workflow = new Option<string?>("--workflow", "-w") { Description = "Key or name of the workflow" };
        var version = new Option<int?>("--version-number")
        {
            Description = "Its version; the newest when left out", CustomParser = CommandParts.Value<int>("a whole number"),
        };
        var file = new Option<string?>("--file", "-f") { Description = "A description (YAML) instead, - for standard input" };
        var parameters = new Option<string[]>("--parameter", "-p") { Description = "NAME=VALUE; may be given several times" };
        var name = new Option<string?>("--name") { Description = "What to call the run" };
        var attended = new Option<bool>("--attended") { Description = "Keep the key in the portal's memory alone" };
        var project = new Option<string?>("--project") { Description = "Key or name of the project, where the machine is shared with it" };
        var lease = new Option<string?>("--lease-for") { Description = "How long it may use your key, such as PT12H or P3D" };
        var once = new Option<Guid?>("--once")
        {
            Description = "A UUID of your own: the same sent twice is one run", CustomParser = CommandParts.Value<Guid>("a UUID"),
        };
        var watch = new Option<bool>("--watch") { Description = "Watch it until it ends" };
        var token = CommandParts.TokenFile();
        var command = new Command("submit", "Submit a run")
        {
            machine, workflow, version, file, parameters, name, lease, attended, project, once, watch, token,
        };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var input = new
            {
                clientMutationKey = parsed.GetValue(once),
                machine = await portal.MachineIdAsync(parsed.GetValue(machine)!, cancel),
                workflow = parsed.GetValue(workflow) is { } chosen ? await portal.WorkflowIdAsync(chosen, cancel) : null,
                version = parsed.GetValue(version),
                description = parsed.GetValue(file) is { } path ? await TextFile.ReadAsync(path, cancel) : null,
                name = parsed.GetValue(name),
                parameters = (parsed.GetValue(parameters) ?? []).Select(Parameter),
                leaseFor = parsed.GetValue(lease) is { } length ? Length(length) : null,
                attended = parsed.GetValue(attended),
                project = parsed.GetValue(project) is { } where ? await ProjectCommands.IdAsync(portal, where, cancel) : null,
                securityToken = parsed.SecurityToken(token),
            };
            var run = await portal.ChangeAsync<Run>(RunCommands.Operation("SubmitRun"), input, cancel);
            if (parsed.GetValue(watch)) return await WatchCommand.WatchAsync(parsed, portal, run.Id, cancel);
            parsed.Show(run, () =>
                Print.Fields(("Run", run.Key), ("Name", run.Name), ("Phase", run.State),
                    ("Next", $"portal run watch {run.Key}")));
            return ExitCode.Well;
        });
    }

    // The portal reads it; here it is only told in plain words what is none.
    private static string Length(string given)
    {
        try
        {
            XmlConvert.ToTimeSpan(given);
            return given;
        }
        catch (FormatException)
        {
            throw new UsageException($"--lease-for takes a length of time such as PT12H or P3D, not {given}.");
        }
    }

    private static object Parameter(string given)
    {
        var at = given.IndexOf('=', StringComparison.Ordinal);
        return at > 0
            ? new { name = given[..at], value = given[(at + 1)..] }
            : throw new UsageException($"A parameter is written NAME=VALUE, not {given}.");
    }
}
