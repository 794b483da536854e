using Portal.Domain.Runs;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Runs;

/// <summary>A run's phases as marks on a rail. A phase entered more than once is one mark that holds all of its time.</summary>
public static class RunRail
{
    private static readonly Phase[] Path =
    [
        Phase.Submitted, Phase.FetchingInputs, Phase.FetchingCode, Phase.StagingIn, Phase.Queued, Phase.Running, Phase.Collecting,
        Phase.Uploading,
    ];

    // Somebody looks before anything reaches the machine, and at the code too.
    private static readonly Phase[] LookedAt =
    [
        Phase.Submitted, Phase.FetchingCode, Phase.AwaitingApproval, Phase.FetchingInputs, Phase.StagingIn, Phase.Queued,
        Phase.Running, Phase.Collecting, Phase.Uploading,
    ];

    /// <summary>The marks in order, the end among them.</summary>
    public static IReadOnlyList<RailMark> Marks(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var present = run.Phase.IsFinal() ? run.Phases.LastOrDefault(mark => !mark.Phase.IsFinal())?.Phase : run.Phase;
        return [.. Of(run).Select(phase => Mark(run, phase, present)), End(run)];
    }

    private static Phase[] Of(Run run) => run.Approval is null ? Path : LookedAt;

    private static RailMark Mark(Run run, Phase phase, Phase? present)
    {
        var visits = Visits(run, phase);
        if (visits.Count == 0)
        {
            var path = Of(run);
            var behind = Array.IndexOf(path, phase) < Array.IndexOf(path, present ?? Phase.Submitted);
            var passed = behind || NothingToDo(run, phase);
            return new(phase.ToString(), passed ? PhasePlace.Skipped : PhasePlace.Ahead);
        }
        var note = Note(run, phase);
        var spent = visits.Aggregate(TimeSpan.Zero, (sum, visit) => sum + ((visit.To ?? visit.From) - visit.From));
        if (phase == present && !run.Phase.IsFinal())
            return new(phase.ToString(), PhasePlace.Now, visits[^1].From - spent, null, Held(run) ?? note);
        var place = phase == present && run.Phase == Phase.Failed ? PhasePlace.Broken : PhasePlace.Done;
        return phase == Phase.Submitted && place == PhasePlace.Done
            ? new(phase.ToString(), place, visits[0].From)
            : new(phase.ToString(), place, visits[0].From, visits[0].From + spent, note);
    }

    private static RailMark End(Run run) => run.Phase switch
    {
        Phase.Failed => new(nameof(Phase.Failed), PhasePlace.Broken, run.EndedAt),
        Phase.Cancelled => new(nameof(Phase.Cancelled), PhasePlace.Broken, run.EndedAt),
        Phase.Succeeded => new(nameof(Phase.Succeeded), PhasePlace.Done, run.EndedAt),
        _ => new(nameof(Phase.Succeeded), PhasePlace.Ahead),
    };

    private static List<(DateTimeOffset From, DateTimeOffset? To)> Visits(Run run, Phase phase) =>
        [.. run.Phases.Select((mark, at) => (mark, To: at + 1 < run.Phases.Count ? run.Phases[at + 1].At : (DateTimeOffset?)null))
            .Where(visit => visit.mark.Phase == phase).Select(visit => (visit.mark.At, visit.To))];

    private static bool NothingToDo(Run run, Phase phase) => phase switch
    {
        Phase.AwaitingApproval => run.Approval is { Cleared: true },
        Phase.FetchingInputs => run.Request.Plan.Inputs.Count == 0,
        Phase.FetchingCode or Phase.StagingIn => run.Request.Plan.Code is null,
        Phase.Uploading => run.Request.Plan.Outputs.Count == 0,
        _ => false,
    };

    private static string? Held(Run run) => run.Hold == Hold.None ? null : States.Of(run.Hold.ToString()).Word.ToLowerInvariant();

    private static string? Note(Run run, Phase phase) => phase switch
    {
        Phase.FetchingInputs => Moved(run, "input"),
        Phase.Uploading => Moved(run, "output"),
        Phase.FetchingCode when run.Code is { Files: > 0 } code => $"{Format.Count(code.Files)} {(code.Files == 1 ? "file" : "files")}",
        Phase.Running when run.PresentStep is { Status: StepStatus.Running, Tasks: { Total: > 1 } tasks } =>
            $"{Format.Count(tasks.Total - tasks.Pending - tasks.Running)} of {Format.Count(tasks.Total)}",
        _ => null,
    };

    private static string? Moved(Run run, string kind)
    {
        var bytes = run.Transfers.Values.Where(transfer => transfer.Key.StartsWith(kind, StringComparison.Ordinal))
            .Sum(transfer => transfer.Bytes);
        return bytes > 0 ? Format.Bytes(bytes) : null;
    }
}
