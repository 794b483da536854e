using System.Text;
using Portal.Domain.Common;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Dev;

/// <summary>What the gallery of parts shows: made up, always the same but for the time.</summary>
internal static class Samples
{
    internal sealed record Row(int Number, string Name, string State, string Machine, DateTimeOffset Submitted, TimeSpan Took);

    internal static IReadOnlyList<Row> Rows(DateTimeOffset now)
    {
        string[] names = ["heat-sweep", "ocean-spin-up", "protein-fold-128", "mesh-convergence", "lattice-qcd-small", "wind-tunnel"];
        string[] states = ["Running", "Queued", "Succeeded", "Succeeded", "Failed", "StagingIn", "AwaitingToken", "Succeeded", "Cancelled"];
        string[] machines = ["aurora", "helix", "lumen"];
        return Enumerable.Range(1, 137).Select(at => new Row(at, names[at % names.Length], states[at * 7 % states.Length],
            machines[at % machines.Length], now.AddMinutes(-at * at * 0.7), TimeSpan.FromSeconds(41 + at * 37 % 5000))).ToList();
    }

    internal static Result<ListPage<Row>> Find(DateTimeOffset now, ListQuery query)
    {
        var fitting = Rows(now)
            .Where(row => query.Text is null || row.Name.Contains(query.Text, StringComparison.OrdinalIgnoreCase))
            .Where(row => query.Filter("phase") is not { } phase || row.State == phase)
            .Where(row => query.Filter("machine") is not { } machine || row.Machine == machine);
        Func<Row, IComparable> by = query.Sort switch
        {
            "name" => row => row.Name,
            "took" => row => row.Took,
            _ => row => row.Submitted,
        };
        var sorted = (query.Descending ? fitting.OrderByDescending(by) : fitting.OrderBy(by)).ToList();
        return new ListPage<Row>(sorted.Skip(query.Offset).Take(query.Size).ToList(), sorted.Count);
    }

    internal static IReadOnlyList<RailMark> Going(DateTimeOffset now) =>
    [
        new("Submitted", PhasePlace.Done, now.AddSeconds(-312)),
        new("FetchingInputs", PhasePlace.Done, now.AddSeconds(-311), now.AddSeconds(-280), "1.24 GiB"),
        new("FetchingCode", PhasePlace.Done, now.AddSeconds(-280), now.AddSeconds(-276), "4 files"),
        new("StagingIn", PhasePlace.Done, now.AddSeconds(-276), now.AddSeconds(-241)),
        new("Queued", PhasePlace.Done, now.AddSeconds(-241), now.AddSeconds(-95)),
        new("Running", PhasePlace.Now, now.AddSeconds(-95), null, "7 of 12"),
        new("Collecting", PhasePlace.Ahead),
        new("Uploading", PhasePlace.Ahead),
        new("Succeeded", PhasePlace.Ahead),
    ];

    internal static IReadOnlyList<RailMark> Broken(DateTimeOffset now) =>
    [
        new("Submitted", PhasePlace.Done, now.AddSeconds(-312)),
        new("FetchingInputs", PhasePlace.Skipped),
        new("FetchingCode", PhasePlace.Done, now.AddSeconds(-280), now.AddSeconds(-276)),
        new("StagingIn", PhasePlace.Done, now.AddSeconds(-276), now.AddSeconds(-241)),
        new("Queued", PhasePlace.Done, now.AddSeconds(-241), now.AddSeconds(-95)),
        new("Failed", PhasePlace.Broken, now.AddSeconds(-95), now.AddSeconds(-12), "out of memory"),
    ];

    internal static IReadOnlyList<TimelineBar> Bars(DateTimeOffset now) =>
    [
        new("prepare", "Succeeded", now.AddSeconds(-420), now.AddSeconds(-402), now.AddSeconds(-371)),
        new("solve [0]", "Succeeded", now.AddSeconds(-371), now.AddSeconds(-330), now.AddSeconds(-180)),
        new("solve [1]", "Succeeded", now.AddSeconds(-371), now.AddSeconds(-322), now.AddSeconds(-150)),
        new("solve [2]", "Failed", now.AddSeconds(-371), now.AddSeconds(-300), now.AddSeconds(-255)),
        new("solve [2], again", "Running", now.AddSeconds(-250), now.AddSeconds(-170)),
        new("reduce", "Queued", now.AddSeconds(-150)),
    ];

    internal static LogText Log(string kind)
    {
        var text = new LogText();
        var lines = new StringBuilder();
        for (var step = 1; step <= (kind == "stdout" ? 1200 : 3); step++)
        {
            lines.Append(kind == "stdout"
                ? FormattableString.Invariant(
                    $"\u001b[32mstep {step,5}\u001b[0m  residual {Math.Exp(-step / 140.0):0.000e+00}  t={step * 0.025:0.000} s\n")
                : $"warning: cell {step * 17} is thin; <b>not markup</b>\n");
        }
        text.Append(lines.ToString());
        return text;
    }

    internal const string Yaml =
        "name: heat-sweep\ndescription: Heat in a plate, for several conductivities\n\nparameters:\n  alpha:\n    type: number\n"
        + "    default: 0.1\n\nsteps:\n  - name: solve\n    command: ./solve.sh ${alpha}\n    resources:\n      time: ninety\n      tasks: 4\n";

    internal static IReadOnlyList<Problem> Problems =>
    [
        new("WRONG_TYPE", "This is not a length of time.", "steps[0].resources.time", 13, 13, "Write it as 01:30:00 or 90m."),
        new("UNKNOWN_PARAMETER", "There is no parameter “beta”.", "steps[0].command", 11, 27, "Declare it under parameters."),
    ];

    internal const string Csv =
        "alpha,steps,max_temp,residual\n0.05,800,71.22,1.2e-6\n0.10,800,68.91,9.8e-7\n0.15,800,66.40,8.1e-7\n0.20,800,64.13,7.7e-7\n";

    internal static string Svg => "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 160' width='400' height='160' font-family='sans-serif' font-size='10'>"
        + "<path d='M40 10V130H390' fill='none' stroke='#999'/><path d='M40 30C120 34 160 80 220 100S340 124 390 126' fill='none' stroke='#0a62c9' stroke-width='2'/>"
        + "<text x='200' y='150'>time in s</text></svg>"));

    internal sealed record Measure(double Second, double Rate);

    internal static IReadOnlyList<Measure> Rates { get; } =
        [.. Enumerable.Range(0, 40).Select(at => new Measure(at, 220 + 60 * Math.Sin(at / 4.0) + 12 * Math.Cos(at * 1.7)))];
}
