using System.CommandLine;
using System.Globalization;
using Portal.Cli.GraphQL;
using Portal.Cli.Output;

namespace Portal.Cli.Reports;

/// <summary>A report, as Reports.graphql asks for it.</summary>
public sealed record Report(string From, string Until, IReadOnlyList<UsageLine> Rows, UsageLine Total);

/// <summary>A row of it; times are ISO 8601 durations.</summary>
public sealed record UsageLine(string? Month, string? ProjectName, string? MachineName, Submitter? Person, long Runs, long Succeeded,
    long Failed, long Cancelled, long UnderWay, double CoreHours, long Bytes, Spread? Queued, Spread? Ran,
    IReadOnlyList<FailureLine> Failures, string RunsPath, string? EventsPath);

/// <summary>Who submitted.</summary>
public sealed record Submitter(string? Name);

/// <summary>What half of the runs, and 95 of 100, stayed within.</summary>
public sealed record Spread(string Median, string P95);

/// <summary>How many failed for a reason.</summary>
public sealed record FailureLine(string Name, long Runs);

/// <summary><c>portal report</c>: what was used.</summary>
public static class ReportCommands
{
    private static readonly string[] Ways = ["month", "project", "machine", "person"];

    /// <summary>The command.</summary>
    public static Command Make() => new("report", "What was used") { Usage() };

    private static Command Usage()
    {
        var project = new Option<string?>("--project")
        {
            Description = "Key of the project; all of the installation when left out, for its auditors",
        };
        var machine = new Option<string?>("--machine") { Description = "Key of a machine: only runs there" };
        var from = new Option<string?>("--from") { Description = "The first month, such as 2026-01" };
        var until = new Option<string?>("--until") { Description = "The last month" };
        var by = new Option<string[]>("--by")
        {
            Description = "What makes a row; several separated by blanks", AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [Ways[0]],
        };
        by.AcceptOnlyFromAmong(Ways);
        var command = new Command("usage", "Runs, how they ended, core hours, bytes, times and failures") { project, machine, from, until, by };
        return command.Does(async (parsed, portal, cancel) =>
        {
            var report = await portal.AskAsync<Report>(new("Reports", "Usage"), new
            {
                project = IdOf("Project", parsed.GetValue(project)), machine = IdOf("Machine", parsed.GetValue(machine)),
                from = parsed.GetValue(from), until = parsed.GetValue(until),
                by = parsed.GetValue(by)!.Select(one => one.ToUpperInvariant()),
            }, cancel);
            parsed.Show(report, () => Print.Table([.. report.Rows, report.Total],
                ("of", line => ReferenceEquals(line, report.Total) ? "in all" : NameOf(line)), ("runs", line => Count(line.Runs)),
                ("succeeded", line => Count(line.Succeeded)), ("failed", line => Count(line.Failed)),
                ("cancelled", line => Count(line.Cancelled)), ("under way", line => Count(line.UnderWay)),
                ("core hours", line => line.CoreHours.ToString("0.##", CultureInfo.InvariantCulture)),
                ("moved", line => Print.Bytes(line.Bytes)), ("queued", line => line.Queued?.Median ?? ""),
                ("ran", line => line.Ran?.Median ?? ""),
                ("failures", line => string.Join(", ", line.Failures.Select(one => $"{one.Name} {Count(one.Runs)}")))));
            return ExitCode.Well;
        });
    }

    private static string NameOf(UsageLine line) => string.Join(", ",
        new[] { line.Month, line.ProjectName, line.MachineName, line.Person is null ? null : line.Person.Name ?? "somebody who left" }
            .OfType<string>());

    private static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    private static string? IdOf(string type, string? given) => given is null ? null
        : GlobalId.Of(type, given) ?? throw new UsageException($"{given} is no key: these are 32 hex digits.");
}
