using System.Globalization;
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
        if (asked.Filter("person") is { } person) where.Add(new("submitted_by", Comparison.Equal, person));
        if (asked.Filter("failure") is { } failure) where.Add(new("failure", Comparison.Equal, failure));
        if (Month(asked.Filter("from")) is { } from) where.Add(new("submitted_at", Comparison.AtLeast, from));
        if (Month(asked.Filter("until")) is { } until) where.Add(new("submitted_at", Comparison.Less, until.AddMonths(1)));
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

    /// <summary>Filters that stand in the address of a link from elsewhere, and are shown where they do.</summary>
    public static IReadOnlyList<(string Key, string Label)> Linked { get; } =
        [("from", "Submitted from"), ("until", "Submitted until"), ("person", "By")];

    /// <summary>The first moment of a month, UTC; null for what is none.</summary>
    public static DateTimeOffset? Month(string? month) => DateTimeOffset.TryParseExact(month + "-01", "yyyy-MM-dd",
        CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var first) ? first : null;

    /// <summary>Whether an event may change a list of runs: a new run, or something that a row shows of one.</summary>
    public static bool Concerns(Recorded recorded) => recorded.Body is RunSubmitted or PhaseEntered or JobObserved or StepEnded
        or RunHeld or RunReleased or RunSucceeded or RunFailed or RunCancelled or RunRetried or LeaseGranted;
}
