namespace Portal.Tests.Domain.Workflows;

/// <summary>The description that the reference shows: every key of the format at least once.</summary>
internal static class HeatSweep
{
    public const string Text = """
        portal: 1
        name: heat-sweep
        title: Heat sweep
        description: Solves heat diffusion for several cases. Draws the hottest.
        parameters:
          grid:      { type: integer, title: Grid points a side, default: 48, minimum: 8, maximum: 400 }
          duration:  { type: number, unit: s, default: 2.0, description: How long the bar is watched. }
          label:     { type: text, pattern: "[a-z]+", maxLength: 80 }
          verbose:   { type: boolean, default: false }
          scheme:    { type: choice, options: [explicit, implicit], default: explicit }
          copy:      { type: text, default: "${{ parameters.label }}-${{ parameters.grid }}" }
        inputs:
          - from: endpoint://demo-data/heat-sweep/inputs/cases.csv
            to: input/cases.csv
        code:
          url: git://127.0.0.1:9418/registry.git
          ref: main
          folder: heat-sweep/code
          to: code
        environment:
          OMP_NUM_THREADS: "1"
          GREETING: run ${{ run.name }} on ${{ environment.OMP_NUM_THREADS }}
        steps:
          - id: sweep
            title: Solve each case of ${{ parameters.label }}
            command: sh code/solve.sh input/cases.csv
            environment: { X: "1" }
            resources: { nodes: 1, tasks: 1, cpus: 1, memory: 200 MB, time: 10m, partition: main, account: a,
                         qos: q, array: 1-8%4 }
          - id: reduce
            script: |
              sort results/*.part > results/summary.csv
              echo "$PARAM_LABEL" $${{
        outputs:
          - from: results/summary.csv
            to: endpoint://demo-data/heat-sweep/results/${{ run.id }}/summary.csv
          - from: results/plot.svg
            to: endpoint://demo-data/heat-sweep/results/${{ run.id }}/plot.svg
            optional: true
        """;

    /// <summary>A short valid file with the line given put at the end.</summary>
    public static string With(string more) => $"""
        portal: 1
        name: x
        steps:
          - id: a
            command: date
        {more}
        """;

    /// <summary>The same with the lines given in its step, at their place.</summary>
    public static string Step(string more) => $"""
        portal: 1
        name: x
        steps:
          - id: a
            {more}
        """;
}
