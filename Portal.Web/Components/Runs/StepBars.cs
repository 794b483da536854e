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
            var started = Started(run, step);
            var ended = step.EndedAt is { } over ? Latest(started ?? queued, over) : run.EndedAt;
            var title = run.Request.Plan.Steps.FirstOrDefault(plan => plan.Id == step.Id)?.Title ?? step.Id;
            return new TimelineBar(title, step.Status.ToString(), queued, started, ended, $"/runs/{run.Request.RunId}?tab=logs&step={step.Id}");
        })];
    }

    /// <summary>When a step began to run: by the machine's clock, or, before that is told, when the run was first seen running after the
    /// step was queued. Never before it was queued.</summary>
    public static DateTimeOffset? Started(Run run, StepState step)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(step);
        if (step.QueuedAt is not { } queued) return null;
        if (step.StartedAt is { } told) return Latest(queued, told);
        return step.Status == StepStatus.Running
            ? run.Phases.FirstOrDefault(mark => mark.Phase == Phase.Running && mark.At >= queued)?.At
            : null;
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
