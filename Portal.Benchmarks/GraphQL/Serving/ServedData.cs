using Portal.GraphQL.CodeFirst;

namespace Portal.Benchmarks.GraphQL.Serving;

/// <summary>What every server has in its memory. The servers of others read it as JSON.</summary>
public sealed record ServedData(
    IReadOnlyList<Run> Runs, IReadOnlyDictionary<string, Machine> Machines, IReadOnlyDictionary<string, Workflow> Workflows)
{
    private const int Many = 100, Steps = 5;

    /// <summary>The same data each time: 100 runs of 5 steps.</summary>
    public static ServedData Create() => new(
        [.. Enumerable.Range(0, Many).Select(RunOf)],
        Enumerable.Range(0, 4).Select(i => new Machine($"machine-{i}", $"Cluster {i}", "login.example.org", 64 << i))
            .ToDictionary(machine => machine.Id),
        Enumerable.Range(0, 7).Select(i => new Workflow($"workflow-{i}", $"Simulation \"{i}\"", 3 + i))
            .ToDictionary(workflow => workflow.Id));

    private static Run RunOf(int number) => new(
        $"run-{number}", $"machine-{number % 4}", $"workflow-{number % 7}", $"Überlauf {number}",
        (Phase)(number % 4), 1_760_000_000 + number, number % 3 == 0 ? null : number / 8.0,
        [.. Enumerable.Range(0, Steps).Select(i => new Step($"step-{i}", (Phase)((number + i) % 4), i, number % 5 > i))]);
}

/// <summary>What a run or a step is doing.</summary>
public enum Phase
{
    /// <summary>It waits.</summary>
    Queued,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>It did what it should.</summary>
    Succeeded,

    /// <summary>It did not.</summary>
    Failed,
}

/// <summary>One execution of a workflow.</summary>
/// <param name="Id">What it is known by.</param>
/// <param name="MachineId">Looked up by a resolver.</param>
/// <param name="WorkflowId">Looked up by a resolver.</param>
/// <param name="Name">For people.</param>
/// <param name="Phase">What it is doing.</param>
/// <param name="Submitted">Seconds since 1970.</param>
/// <param name="Hours">How long it has run; null if it has not.</param>
/// <param name="Steps">Its parts.</param>
public sealed record Run(
    string Id, [property: Ignore] string MachineId, [property: Ignore] string WorkflowId, string Name,
    Phase Phase, int Submitted, double? Hours, IReadOnlyList<Step> Steps);

/// <summary>A part of a run.</summary>
/// <param name="Name">Its name in the workflow.</param>
/// <param name="Phase">What it is doing.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Skipped">Whether it was left out.</param>
public sealed record Step(string Name, Phase Phase, int Attempts, bool Skipped);

/// <summary>Where runs run.</summary>
/// <param name="Id">What it is known by.</param>
/// <param name="Name">For people.</param>
/// <param name="Host">Its login node.</param>
/// <param name="Cores">How many it has.</param>
public sealed record Machine(string Id, string Name, string Host, int Cores);

/// <summary>What runs execute.</summary>
/// <param name="Id">What it is known by.</param>
/// <param name="Name">For people.</param>
/// <param name="Version">How often it was changed.</param>
public sealed record Workflow(string Id, string Name, int Version);
