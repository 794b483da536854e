using Portal.Domain.Workflows.Description;

namespace Portal.Domain.Quotas;

/// <summary>What a run asks for.</summary>
/// <param name="CoreSeconds">Cores of its steps, each times its time limit; a step without one counts as a day.</param>
/// <param name="MovesFiles">Whether it has inputs or outputs.</param>
public sealed record Demand(double CoreSeconds, bool MovesFiles)
{
    /// <summary>What a step without a time limit counts for.</summary>
    public static readonly TimeSpan Unlimited = TimeSpan.FromDays(1);

    /// <summary>What a run of the plan asks for, or those of its steps that are to be done still.</summary>
    public static Demand Of(RunPlan plan, Func<string, bool>? step = null) => new(
        plan.Steps.Where(one => step?.Invoke(one.Id) != false).Sum(one => SecondsOf(one.Resources)),
        plan.Inputs.Count + plan.Outputs.Count > 0);

    /// <summary>Core seconds that a step asks for: of an array's every task.</summary>
    public static double SecondsOf(ResourcePlan resources) => (double)CoresOf(resources) * (resources.Array?.Tasks.Count ?? 1)
        * (resources.TimeLimit ?? Unlimited).TotalSeconds;

    /// <summary>Cores of a job, or of each task of an array: its processes, one a node where nothing is said, times their
    /// CPUs.</summary>
    public static long CoresOf(ResourcePlan resources) =>
        (long)Math.Max(resources.Tasks ?? 1, resources.Nodes ?? 1) * (resources.CpusPerTask ?? 1);
}
