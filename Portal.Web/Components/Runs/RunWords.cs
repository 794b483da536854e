using Portal.Domain.Runs;

namespace Portal.Web.Components.Runs;

/// <summary>What a run is called doing.</summary>
public static class RunWords
{
    /// <summary>Name of its state: what holds it, if anything does, else its phase.</summary>
    public static string State(RunView run) => run.Hold != Hold.None ? run.Hold.ToString() : run.Phase.ToString();

    /// <summary>The same of a run folded from its events; a cancel that is under way comes first.</summary>
    public static string State(Run run) =>
        run.Cancelling ? "Cancelling" : run.Hold != Hold.None ? run.Hold.ToString() : run.Phase.ToString();

    /// <summary>How much of its steps is done, from 0 to 1; the tasks of an array count as parts of their step.</summary>
    public static double Done(RunView run)
    {
        if (run.Steps == 0) return 0;
        var within = run.StepsDone < run.Steps && run is { Phase: Phase.Running, Tasks: { Total: > 1 } tasks }
            ? (double)(tasks.Succeeded + tasks.Failed + tasks.Cancelled) / tasks.Total : 0;
        return Math.Clamp((run.StepsDone + within) / run.Steps, 0, 1);
    }
}
