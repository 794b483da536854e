using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Runs;

/// <summary>What the address of the list of runs means to the read model.</summary>
public static class RunsQuery
{
    /// <summary>The groups that runs are chosen by, with their words.</summary>
    public static IReadOnlyList<(string Value, string Word)> Groups { get; } =
    [
        ("active", "Active"), ("attention", "Needs attention"), ("approval", "Awaiting approval"), ("succeeded", "Succeeded"), ("failed", "Failed"),
        ("cancelled", "Cancelled"),
    ];

    /// <summary>The query; what makes no sense in the address is passed over.</summary>
    public static DocumentQuery Of(ListQuery asked)
    {
        ArgumentNullException.ThrowIfNull(asked);
        var where = new List<Condition>();
        if (asked.Text is { } text) where.Add(new("name", Comparison.Contains, text));
        if (asked.Filter("machine") is { } machine) where.Add(new("machine", Comparison.Equal, machine));
        if (asked.Filter("workflow") is { } workflow) where.Add(new("workflow", Comparison.Equal, workflow));
        Condition? group = asked.Filter("show") switch
        {
            "active" => new("final", Comparison.Equal, false),
            "attention" => new("hold", Comparison.NotEqual, nameof(Hold.None)),
            "approval" => new("phase", Comparison.Equal, nameof(Phase.AwaitingApproval)),
            "succeeded" => new("phase", Comparison.Equal, nameof(Phase.Succeeded)),
            "failed" => new("phase", Comparison.Equal, nameof(Phase.Failed)),
            "cancelled" => new("phase", Comparison.Equal, nameof(Phase.Cancelled)),
            _ => null,
        };
        if (group is not null) where.Add(group);
        var column = asked.Sort switch
        {
            "name" => "name",
            "workflow" => "workflow",
            "machine" => "machine_name",
            "ended" => "ended_at",
            _ => "submitted_at",
        };
        return new(where, column, asked.Descending, asked.Size, asked.Offset, Count: true);
    }

    /// <summary>Whether an event may change a list of runs: a new run, or something that a row shows of one.</summary>
    public static bool Concerns(Recorded recorded) => recorded.Body is RunSubmitted or PhaseEntered or JobObserved or StepEnded
        or RunHeld or RunReleased or RunSucceeded or RunFailed or RunCancelled or RunRetried or LeaseGranted;
}
