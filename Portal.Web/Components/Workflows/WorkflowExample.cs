namespace Portal.Web.Components.Workflows;

/// <summary>A small workflow that runs on any machine and shows what a description is made of.</summary>
public static class WorkflowExample
{
    /// <summary>Its text.</summary>
    public const string Text =
        """
        # A workflow is one YAML file. docs/workflow-format.md is the reference.
        portal: 1
        name: first-steps
        title: First steps
        description: Counts primes in several ranges at once and adds them up.

        # What a run may be given: its form is made of these.
        # A step finds each in a variable: PARAM_LIMIT.
        parameters:
          limit: { type: integer, title: Largest number, default: 10000, minimum: 100, maximum: 1000000 }
          label: { type: text, title: Label, default: primes, maxLength: 40 }

        # Files can be fetched before the first step:
        # inputs:
        #   - from: endpoint://my-data/cases.csv
        #     to: input/cases.csv

        # Code can be brought from git, a folder of it alone if you like:
        # code:
        #   url: https://git.example.org/study.git
        #   ref: main
        #   folder: solver

        # Steps are done one after another, each a job of its own.
        steps:
          - id: count
            title: Count the primes
            script: |
              mkdir -p results
              awk -v last="$PARAM_LIMIT" -v part="$SLURM_ARRAY_TASK_ID" 'BEGIN {
                for (n = 1 + part; n <= last; n += 4) {
                  prime = n > 1
                  for (d = 2; d * d <= n && prime; d++) if (n % d == 0) prime = 0
                  count += prime
                }
                print count + 0
              }' > "results/$SLURM_ARRAY_TASK_ID.txt"
            resources: { tasks: 1, memory: 100 MB, time: 5m, array: "1-4" }
          - id: sum
            title: Add them up
            script: |
              awk -v label="$PARAM_LABEL" '{ sum += $1 } END { print label ": " sum }' results/*.txt | tee summary.txt
            resources: { time: 2m }

        # What is kept goes to an endpoint:
        # outputs:
        #   - from: summary.txt
        #     to: endpoint://my-data/results/${{ run.id }}/summary.txt
        """;
}
