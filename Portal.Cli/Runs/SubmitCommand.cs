using System.CommandLine;
using Portal.Cli.Http;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary><c>portal run submit</c>.</summary>
public static class SubmitCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var machine = new Option<string>("--machine", "-m") { Required = true, Description = "Id or name of the machine" };
        var workflow = new Option<string?>("--workflow", "-w") { Description = "Id or name of the workflow" };
        var version = new Option<int?>("--version-number") { Description = "Its version; the newest when left out" };
        var file = new Option<string?>("--file", "-f") { Description = "A description (YAML) to run as it stands" };
        var parameters = new Option<string[]>("--parameter", "-p") { Description = "NAME=VALUE; may be given several times" };
        var name = new Option<string?>("--name") { Description = "What to call the run" };
        var attended = new Option<bool>("--attended") { Description = "Keep the key in the portal's memory alone" };
        var lease = new Option<string?>("--lease-for") { Description = "How long the run may use your key, such as PT12H or P3D" };
        var id = new Option<string?>("--id") { Description = "An id of your own (32 hex digits): the same id sent twice is one run" };
        var watch = new Option<bool>("--watch") { Description = "Watch it until it ends" };
        var token = CommandParts.TokenFile();
        return new Command("submit", "Submit a run") { machine, workflow, version, file, parameters, name, lease, attended, id, watch, token }.Does(async (parsed, portal, cancel) =>
        {
            var body = new Dictionary<string, object?>
            {
                // Made before the first try, so that a repeat after a lost answer is the same run.
                ["id"] = parsed.GetValue(id) ?? Guid.CreateVersion7().ToString("n"),
                ["machine"] = await portal.IdAsync("machines", parsed.GetValue(machine)!, cancel),
                ["parameters"] = Values(parsed.GetValue(parameters) ?? []),
                ["name"] = parsed.GetValue(name), ["version"] = parsed.GetValue(version), ["leaseFor"] = parsed.GetValue(lease),
                ["attended"] = parsed.GetValue(attended) ? true : null,
            };
            if (parsed.GetValue(workflow) is { } chosen) body["workflow"] = await portal.IdAsync("workflows", chosen, cancel);
            if (parsed.GetValue(file) is { } path) body["description"] = await TextAsync(path, cancel);
            body["securityToken"] = parsed.SecurityToken(token);
            var run = await portal.PostAsync("runs", body, cancel);
            if (parsed.GetValue(watch)) return await WatchCommand.WatchAsync(portal, run.Text("id"), parsed.Json(), cancel);
            if (parsed.Json()) Print.Json(run);
            else Print.Fields(("Run", run.Text("id")), ("Name", run.Text("name")), ("Phase", run.Text("phase")), ("Next", $"portal run watch {run.Text("id")}"));
            return ExitCode.Well;
        });
    }

    private static async Task<string> TextAsync(string path, CancellationToken cancel) =>
        File.Exists(path) ? await File.ReadAllTextAsync(path, cancel) : throw new UsageException($"There is no file {path}.");

    private static Dictionary<string, string> Values(IEnumerable<string> given)
    {
        var values = new Dictionary<string, string>();
        foreach (var text in given)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at <= 0) throw new UsageException($"A parameter is written NAME=VALUE, not {text}.");
            values[text[..at]] = text[(at + 1)..];
        }
        return values;
    }
}
