using Portal.Domain.Common;
using Portal.Domain.Runs;
using Portal.Domain.Workflows.Description;
using Portal.EventStore;

namespace Portal.Tests.Web.Runs;

/// <summary>Runs as they stand after some facts, one second apart.</summary>
internal static class RunSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public static readonly Id<Run> Id = new(Guid.Parse("0198a1b2c3d4e5f60718293a4b5c6d7e"));

    public const string Text = """
        portal: 1
        name: tides
        title: Tides
        parameters:
          grid: { type: integer, default: 64, minimum: 8, maximum: 400 }
          label: { type: text, default: first }
          depth: { type: number, unit: m }
        inputs:
          - { from: "endpoint://sea/depth.csv", to: input/depth.csv }
        steps:
          - { id: solve, title: Solve, command: "true" }
        outputs:
          - { from: out.csv, to: "endpoint://sea/out.csv" }
        """;

    public static RunPlan Plan(string text = Text)
    {
        var workflow = WorkflowParser.Parse(text).Value!;
        var values = ParameterValues.Bind(workflow.Parameters, new Dictionary<string, string> { ["depth"] = "2" }).Value!;
        return PlanResolver.Resolve(workflow, values, Id.ToString(), "Tides").Value!;
    }

    public static Run After(params object[] facts)
    {
        var submitted = new RunSubmitted(Id, default, default, "demo", default, default, "Tides", "tides", null, null, Text,
            new Dictionary<string, string>(), Plan(), "/work");
        return facts.Prepend(submitted).Select((fact, at) => (fact, at))
            .Aggregate(Run.Empty, (run, next) => run.After(next.fact, Noon.AddSeconds(next.at)));
    }

    public static Recorded Event(object body, double second) => new(1, "run-x", 1, Guid.Empty, "x", 1, "{}", body,
        new("portal", "system", "worker", Guid.Empty), Noon.AddSeconds(second), default);
}
