using System.CommandLine;
using System.Globalization;
using Portal.Cli.Output;

namespace Portal.Cli.Runs;

/// <summary>A run as it was.</summary>
public sealed record RunAt(long Version, long Latest, string Name, string WorkflowName, string MachineName, string Phase,
    string Hold, LastEvent Event, Failure? Failure, IReadOnlyList<StepAt> Steps, IReadOnlyList<Difference> Differences);

/// <summary>The last event that had happened.</summary>
public sealed record LastEvent(long Position, string Type, DateTimeOffset Time);

/// <summary>A step as it stood.</summary>
public sealed record StepAt(string Id, string Status, string? JobId, int? ExitCode, string? Reason, Failure? Failure);

/// <summary>The same of two runs, or of one at two moments.</summary>
public sealed record Difference(string Section, string Name, string? Left, string? Right, bool Differs = true);

/// <summary>Two runs side by side.</summary>
public sealed record ComparedRuns(NamedRun Left, NamedRun Right, IReadOnlyList<Difference> Differences);

/// <summary>One of the two.</summary>
public sealed record NamedRun(string Key, string Name);

/// <summary><c>portal run compare</c>, and <c>portal run show</c> at a moment.</summary>
public static class PastCommands
{
    /// <summary>At which moment.</summary>
    internal static Option<string?> At() => new("--at")
    {
        Description = "As it was: after so many of its events (7), at a time (2026-03-04T14:02:11Z), or at a position (@1234)",
    };

    /// <summary>The moment that was given, as the schema takes it.</summary>
    internal static object Moment(string given)
    {
        if (given.StartsWith('@') && long.TryParse(given[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return new { position };
        if (long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return new { version };
        return DateTimeOffset.TryParse(given, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)
            ? new { time = time.ToString("O", CultureInfo.InvariantCulture) }
            : throw new UsageException(
                $"{given} is no moment: give a version (7), a time (2026-03-04T14:02:11Z) or a position (@1234).");
    }

    /// <summary>Prints a run as it was.</summary>
    internal static void Describe(RunAt run)
    {
        Print.Fields(("Name", run.Name), ("Workflow", run.WorkflowName), ("Machine", run.MachineName),
            ("Phase", run.Hold == "NONE" ? Words.Of(run.Phase) : $"{Words.Of(run.Phase)} ({Words.Of(run.Hold)})"),
            ("Because", run.Failure?.ToString()), ("Event", $"{run.Version} of {run.Latest}: {run.Event.Type}"),
            ("Recorded", Print.Time(run.Event.Time)), ("Position", $"{run.Event.Position}"));
        Console.Out.WriteLine();
        Print.Table(run.Steps, ("step", step => step.Id), ("status", step => Words.Of(step.Status)),
            ("job", step => step.JobId ?? ""), ("exit", step => $"{step.ExitCode}"), ("why", step => step.Failure?.ToString() ?? step.Reason ?? ""));
        if (run.Differences.Count == 0) return;
        Console.Out.WriteLine();
        Table(run.Differences, "before", "after");
    }

    /// <summary>The command.</summary>
    public static Command Compare()
    {
        var (left, right) = (new Argument<string>("left") { Description = "Key of the one run" },
            new Argument<string>("right") { Description = "Key of the other" });
        var all = new Option<bool>("--all") { Description = "Also what is the same" };
        return new Command("compare", "What differs between two runs") { left, right, all }.Does(async (parsed, portal, cancel) =>
        {
            var asked = new { left = parsed.RunId(left), right = parsed.RunId(right), all = parsed.GetValue(all) };
            var found = await portal.AskAsync<ComparedRuns>(RunCommands.Operation("CompareRuns"), asked, cancel);
            parsed.Show(found, () =>
            {
                if (found.Differences.Count == 0) Console.Out.WriteLine("Nothing differs.");
                else Table(found.Differences, found.Left.Name, found.Right.Name);
            });
            return ExitCode.Well;
        });
    }

    /// <summary>Prints what differs.</summary>
    internal static void Table(IReadOnlyList<Difference> rows, string left, string right) => Print.Table(rows,
        ("about", row => row.Section), ("what", row => row.Name), (left, row => row.Left ?? "-"),
        (right, row => row.Right ?? "-"));
}
