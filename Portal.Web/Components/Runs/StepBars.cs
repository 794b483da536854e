using Portal.Domain.Runs;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Runs;

/// <summary>A run's steps as bars of a timeline. Times of the machine's clock are kept in order, should it be behind ours.</summary>
public static class StepBars
{
    /// <summary>The bars of the steps that were handed to the scheduler.</summary>
    public static IReadOnlyList<TimelineBar> Of(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return [.. run.Steps.Where(step => step.QueuedAt is not null).Select(step =>
        {
            var queued = step.QueuedAt!.Value;
            var started = step.StartedAt is { } begun ? Latest(queued, begun) : (DateTimeOffset?)null;
            var ended = step.EndedAt is { } over ? Latest(started ?? queued, over) : run.EndedAt;
            var title = run.Request.Plan.Steps.FirstOrDefault(plan => plan.Id == step.Id)?.Title ?? step.Id;
            return new TimelineBar(title, step.Status.ToString(), queued, started, ended, $"/runs/{run.Request.RunId}?tab=logs&step={step.Id}");
        })];
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
