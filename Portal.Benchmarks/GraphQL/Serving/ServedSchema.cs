using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Types;

namespace Portal.Benchmarks.GraphQL.Serving;

/// <summary>The schema that every server has. The servers of others read it as text.</summary>
public static class ServedSchema
{
    /// <summary>Made of the classes of this folder.</summary>
    public static Schema Create() => new CodeFirstSchema().Add(typeof(RunQueries)).Add(typeof(RunFields)).Build();
}

/// <summary>What can be asked.</summary>
[QueryType]
public static class RunQueries
{
    /// <summary>A greeting.</summary>
    public static string Hello() => "world";

    /// <summary>The newest runs.</summary>
    /// <param name="data">All of them.</param>
    /// <param name="first">So many of them.</param>
    public static IReadOnlyList<Run> Runs([Service] ServedData data, int first = 20) => [.. data.Runs.Take(first)];
}

/// <summary>What is looked up.</summary>
[ObjectType<Run>]
public static class RunFields
{
    /// <summary>Where it runs.</summary>
    public static Machine Machine(Run run, [Service] ServedData data) => data.Machines[run.MachineId];

    /// <summary>What it executes.</summary>
    public static Workflow Workflow(Run run, [Service] ServedData data) => data.Workflows[run.WorkflowId];
}
