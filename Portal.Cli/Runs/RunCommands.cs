using System.CommandLine;
using System.Text.Json;
using Portal.Cli.Http;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary><c>portal run</c>.</summary>
public static class RunCommands
{
    /// <summary>The command.</summary>
    public static Command Make() => new("run", "Runs")
    {
        SubmitCommand.Make(), List(), Show(), WatchCommand.Make(), ResultCommands.Logs(), ResultCommands.Download(), Cancel(), Token(),
    };

    internal static Argument<string> Run() => new("run") { Description = "Id of the run" };

    private static Command List()
    {
        var most = new Option<int>("--limit") { DefaultValueFactory = _ => 50, Description = "How many" };
        var phase = new Option<string?>("--phase") { Description = "Only those in this phase, such as Running or Failed" };
        return new Command("list", "The runs of your project, newest first") { most, phase }.Does(async (parsed, portal, cancel) =>
        {
            var filter = parsed.GetValue(phase) is { } wanted ? $"?phase={Uri.EscapeDataString(wanted)}" : "";
            var runs = await portal.ListAsync($"runs{filter}", parsed.GetValue(most), cancel);
            if (parsed.Json()) Print.Json(runs);
            else Print.Table(runs, ("id", r => r.Text("id")), ("name", r => r.Text("name")), ("machine", r => r.Text("machineName")),
                ("phase", r => r.Text("hold") is "None" ? r.Text("phase") : $"{r.Text("phase")} ({r.Text("hold")})"),
                ("steps", r => $"{r.Text("stepsDone")}/{r.Text("steps")}"), ("submitted", r => r.Text("submittedAt")));
            return ExitCode.Well;
        });
    }

    private static Command Show()
    {
        var run = Run();
        return new Command("show", "Everything known of a run") { run }.Does(async (parsed, portal, cancel) =>
        {
            var found = await portal.GetAsync($"runs/{parsed.GetValue(run)}", cancel);
            if (parsed.Json()) Print.Json(found);
            else Describe(found);
            return ExitCode.Well;
        });
    }

    internal static void Describe(JsonElement run)
    {
        Print.Fields(("Run", run.Text("id")), ("Name", run.Text("name")), ("Workflow", run.Text("workflowName")), ("Machine", run.Text("machineName")),
            ("Phase", run.Text("phase")), ("Hold", run.Text("hold") is "None" ? "" : run.Text("hold")), ("Commit", run.Child("code")?.Text("commit") ?? ""),
            ("Submitted", run.Text("submittedAt")), ("Ended", run.Text("endedAt")), ("Folder", run.Text("folder")),
            ("Because", FailureText(run.Child("failure") ?? run.Child("heldBy"))));
        Console.Out.WriteLine();
        Print.Table(run.Entries("steps"), ("step", s => s.Text("id")), ("status", s => s.Text("status")), ("job", s => s.Text("jobId")),
            ("exit", s => s.Text("exitCode")), ("why", s => FailureText(s.Child("failure")) is { Length: > 0 } text ? text : s.Text("reason")));
        Console.Out.WriteLine();
        Print.Table(run.Entries("outputs"), ("output", o => o.Text("index")), ("to", o => o.Text("to")), ("bytes", o => o.Text("size")), ("sha256", o => o.Text("sha256")));
    }

    /// <summary>A failure in one line.</summary>
    public static string FailureText(JsonElement? failure) =>
        failure is not { } cause ? "" : string.Join(" ", new[] { $"{cause.Text("name")}:", cause.Text("message"), cause.Text("advice") }.Where(part => part.Length > 0));

    private static Command Cancel()
    {
        var run = Run();
        return new Command("cancel", "End a run, whatever it is doing") { run }.Does(async (parsed, portal, cancel) =>
        {
            var found = await portal.PostAsync($"runs/{parsed.GetValue(run)}/cancel", null, cancel);
            if (parsed.Json()) Print.Json(found);
            else Print.Fields(("Phase", found.Text("phase")), ("Cancelling", found.Text("cancelling")));
            return ExitCode.Well;
        });
    }

    private static Command Token()
    {
        var run = Run();
        var token = CommandParts.TokenFile();
        return new Command("token", "Lend a run your key anew; it goes on by itself") { run, token }.Does(async (parsed, portal, cancel) =>
        {
            var found = await portal.PostAsync($"runs/{parsed.GetValue(run)}/token", new { securityToken = parsed.SecurityToken(token) }, cancel);
            if (parsed.Json()) Print.Json(found);
            else Print.Fields(("Phase", found.Text("phase")));
            return ExitCode.Well;
        });
    }
}
