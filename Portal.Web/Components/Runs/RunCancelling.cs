using Portal.Domain.Runs;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Runs;

/// <summary>What a cancel would do to a run as it is now, so that the person knows what they confirm.</summary>
public static class RunCancelling
{
    /// <summary>A sentence or two.</summary>
    public static string Says(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var going = run.Steps.FirstOrDefault(step => step.InHand);
        var what = (run.Phase, going) switch
        {
            (_, { JobId: { } job, Tasks: { Total: > 1 } tasks }) =>
                $"Job {job} of step {going.Id} is ended with its {Format.Count(tasks.Pending + tasks.Running)} tasks that wait or run.",
            (_, { JobId: { } job }) => $"Job {job} of step {going.Id} is ended.",
            (Phase.AwaitingApproval, _) => "It waits no longer to be approved; nothing of it was sent to its machine.",
            (Phase.FetchingInputs or Phase.Uploading, _) => "The transfer under way is stopped.",
            _ => "It goes no further.",
        };
        return $"{what} What is done already stays where it is. This cannot be taken back.";
    }
}
