namespace Portal.Tests.Pipeline;

/// <summary>Descriptions for the pipeline's tests.</summary>
internal static class Workflows
{
    /// <summary>One step, nothing else.</summary>
    public static string Step(string script, string resources = "time: 5m") => $"""
        portal: 1
        name: one-step
        title: One step
        steps:
          - id: a
            script: |
        {Indented(script)}
            resources: {Braced(resources)}
        """;

    /// <summary>A file from FTP, code from git, two steps, the second of which needs a file to be there.</summary>
    public static string TwoSteps(string gitUrl, string first, string flag) => $"""
        portal: 1
        name: two-steps
        title: Two steps
        inputs:
          - from: endpoint://demo-data/heat-sweep/inputs/cases.csv
            to: input/cases.csv
        {Code(gitUrl)}
        steps:
          - id: a
            script: |
        {Indented(first)}
            resources: {Braced("time: 5m")}
          - id: b
            script: |
              ls code > listing.txt
              cat input/cases.csv {flag} > result.txt
            resources: {Braced("time: 5m")}
        """;

    /// <summary>Inputs from FTP, code from git, a step that leaves time to look, outputs to FTP: every phase.</summary>
    public static string Whole(string gitUrl, string output, string input = "endpoint://demo-data/heat-sweep/inputs/cases.csv", int seconds = 1) => $"""
        portal: 1
        name: whole
        title: Every phase
        inputs:
          - from: {input}
            to: input/cases.csv
        {Code(gitUrl)}
        steps:
          - id: a
            script: |
              ls code > listing.txt
              sleep {seconds}
              cp input/cases.csv result.csv
            resources: {Braced("time: 5m")}
        outputs:
          - from: result.csv
            to: endpoint://demo-data/{output}/result.csv
          - from: listing.txt
            to: endpoint://demo-data/{output}/listing.txt
        """;

    private static string Code(string gitUrl) => $"""
        code:
          url: {gitUrl}
          ref: main
          folder: heat-sweep/code
          to: code
        """;

    private static string Braced(string text) => "{ " + text + " }";

    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(line => "      " + line));
}
