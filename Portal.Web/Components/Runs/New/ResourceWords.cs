using Portal.Domain.Workflows.Description;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Runs.New;

/// <summary>What a step asks of the scheduler, in a line.</summary>
public static class ResourceWords
{
    /// <summary>"8 tasks in an array, 2 nodes, 4 CPUs each, 200 MiB, 10 min 00 s"; what is left to the machine is left
    /// out.</summary>
    public static string Of(ResourcePlan resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        var parts = new List<string>();
        if (resources.Array is { } array) parts.Add($"array of {Count(array.Tasks.Count, "task")}");
        if (resources.Array is { Limit: { } limit }) parts.Add($"{Format.Count(limit)} at once");
        if (resources.Nodes is > 1) parts.Add(Count(resources.Nodes.Value, "node"));
        if (resources.Tasks is > 1) parts.Add(Count(resources.Tasks.Value, "process"));
        if (resources.CpusPerTask is { } cpus) parts.Add(Count(cpus, "CPU"));
        if (resources.MemoryMiB is { } memory) parts.Add(Format.Bytes(memory << 20));
        if (resources.TimeLimit is { } time) parts.Add($"at most {Length(time)}");
        if (resources.Partition is { } partition) parts.Add($"partition {partition}");
        if (resources.Account is { } account) parts.Add($"account {account}");
        if (resources.Qos is { } qos) parts.Add($"QOS {qos}");
        return parts.Count == 0 ? "as the machine has it" : string.Join(" · ", parts);
    }

    private static string Count(long number, string word) =>
        $"{Format.Count(number)} {word}{(number == 1 ? "" : word.EndsWith('s') ? "es" : "s")}";

    // Round lengths are said round.
    private static string Length(TimeSpan time) => time switch
    {
        { Seconds: 0, TotalMinutes: < 60 } => $"{time.TotalMinutes:0} min",
        { Seconds: 0, Minutes: 0, TotalHours: <= 72 } => $"{time.TotalHours:0} h",
        _ => Format.Duration(time),
    };
}
