using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>What a step may ask for, one check a key.</summary>
internal static class ResourceCheck
{
    public static readonly string[] Keys = ["nodes", "tasks", "cpus", "memory", "time", "partition", "account", "qos", "array"];

    public static Result<int> Nodes(string text) => Names.Count(text, "nodes", 100_000);

    public static Result<int> Tasks(string text) => Names.Count(text, "tasks", 10_000_000);

    public static Result<int> Cpus(string text) => Names.Count(text, "CPUs", 100_000);

    public static Result<string> Partition(string text) => Names.Word(text, "partition");

    public static Result<string> Account(string text) => Names.Word(text, "account");

    public static Result<string> Qos(string text) => Names.Word(text, "qos");

    /// <summary>Fewer tasks than nodes: schedulers refuse that or quietly take fewer nodes. 0 stands for not known.</summary>
    public static void Fit(int nodes, int tasks, Template at, ProblemList problems)
    {
        if (nodes > 0 && tasks > 0 && tasks < nodes)
        {
            problems.Add("OUT_OF_RANGE", $"The {tasks} tasks cannot fill {nodes} nodes.", at.Field, at.Line, at.Column,
                "Ask for at least as many tasks as nodes.");
        }
    }
}
