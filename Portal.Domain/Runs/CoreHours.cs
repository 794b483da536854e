using Portal.Domain.Workflows.Description;

namespace Portal.Domain.Runs;

/// <summary>What a plan asks of a machine, in core hours: cores times the longest time that they may be used.</summary>
public static class CoreHours
{
    /// <summary>All steps together; null where one has no time limit, so that nobody can tell. Tasks are counted over all nodes
    /// (sbatch(1), --ntasks), each with its CPUs; an array counts as often as it has tasks.</summary>
    public static double? Of(RunPlan plan)
    {
        var all = 0.0;
        foreach (var resources in plan.Steps.Select(step => step.Resources))
        {
            if (resources.TimeLimit is not { } limit) return null;
            var cores = (double)Math.Max(resources.Tasks ?? 1, resources.Nodes ?? 1) * (resources.CpusPerTask ?? 1);
            all += cores * limit.TotalHours * (resources.Array?.Tasks.Count ?? 1);
        }
        return all;
    }
}
