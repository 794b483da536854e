using System.CommandLine;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary><c>portal run list</c>.</summary>
public static class ListCommand
{
    private const int LargestPage = 200;

    /// <summary>What <c>--phase</c> takes, in the order of a run's life.</summary>
    public static string[] Phases { get; } =
    [
        "Submitted", "AwaitingApproval", "FetchingInputs", "FetchingCode", "StagingIn", "Queued", "Running", "Collecting",
        "Uploading", "Succeeded", "Failed", "Cancelled",
    ];

    /// <summary>The command.</summary>
    public static Command Make()
    {
        var most = new Option<int>("--limit") { DefaultValueFactory = _ => 50, Description = "How many" };
        var phase = new Option<string?>("--phase") { Description = "Only those in this phase, such as Running or Failed" };
        phase.CompletionSources.Add(Phases);
        var workflow = new Option<string?>("--workflow", "-w") { Description = "Only those of the workflow with this name" };
        var command = new Command("list", "The runs of your project, newest first") { most, phase, workflow };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var wanted = parsed.GetValue(phase) is { } word ? Phase(word) : null;
            var where = new { phase = wanted, workflow = parsed.GetValue(workflow) };
            var first = Math.Clamp(parsed.GetValue(most), 1, LargestPage);
            var all = portal.ListAsync<RunRow>(RunCommands.Operation("ListRuns"), after => new { after, first, where }, cancel);
            var runs = await all.Take(parsed.GetValue(most)).ToListAsync(cancel);
            parsed.Show(runs, () => Print.Table(runs, ("key", r => r.Key), ("name", r => r.Name), ("machine", r => r.MachineName),
                ("phase", r => r.State), ("steps", r => $"{r.StepsDone}/{r.StepCount}"),
                ("submitted", r => Print.Time(r.SubmittedAt))));
            return ExitCode.Well;
        });
    }

    // As it is shown, or as the schema writes it.
    private static string Phase(string word)
    {
        var letters = word.Replace("_", "", StringComparison.Ordinal);
        var found = Phases.FirstOrDefault(known => known.Equals(letters, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"There is no phase {word}. There are {string.Join(", ", Phases)}.");
        return Words.Constant(found);
    }
}
