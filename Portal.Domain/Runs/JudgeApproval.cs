using Portal.Domain.Projects;
using Portal.EventStore;

namespace Portal.Domain.Runs;

/// <summary>Finds out whether somebody has to look at a run, from what is known of its project. For the worker.</summary>
public sealed class JudgeApproval(IDocuments documents, IEventStore store)
{
    /// <summary>The fact that follows: <see cref="ApprovalAsked"/> or <see cref="ApprovalPassed"/>.</summary>
    /// <param name="run">A run for which a second look is due, its code fetched where it brings some.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<object> OfAsync(Run run, CancellationToken cancel)
    {
        var hash = CodeHash.Of(run.Request, run.Code?.Sha256);
        // The list stands behind. What it does not know yet would be asked about once too often.
        await documents.CaughtUpAsync<RunView>(await store.HighestPositionAsync(cancel), cancel);
        var rules = run.Approval!.Rules;
        var code = rules.Code == CodeRule.New && await AnyAsync(run, cancel,
            new("code", Comparison.Equal, hash.Hash), new("cleared", Comparison.Equal, true));
        var machine = rules.NewMachine && await AnyAsync(run, cancel,
            new("machine", Comparison.Equal, run.Request.MachineId.ToString()),
            new("approval", Comparison.Equal, nameof(ApprovalStage.Approved)));
        return Decide(run, hash, code, machine);
    }

    /// <summary>Decides on the event.</summary>
    /// <param name="run">The run.</param>
    /// <param name="hash">Of all that would run.</param>
    /// <param name="codeIsKnown">Whether the same was approved or run in the project.</param>
    /// <param name="machineIsKnown">Whether a run of the project was approved for the machine.</param>
    public static object Decide(Run run, CodeHash hash, bool codeIsKnown, bool machineIsKnown)
    {
        var (rules, asked) = (run.Approval!.Rules, CoreHours.Of(run.Request.Plan));
        var reasons = new List<ApprovalReason>();
        if (rules.Code == CodeRule.Always) reasons.Add(ApprovalReason.EveryRun);
        if (rules.Code == CodeRule.New && !codeIsKnown) reasons.Add(ApprovalReason.NewCode);
        if (rules.NewMachine && !machineIsKnown) reasons.Add(ApprovalReason.NewMachine);
        if (rules.CoreHours is { } budget && !(asked <= budget)) reasons.Add(ApprovalReason.Budget);
        var id = run.Request.RunId;
        return reasons.Count > 0
            ? new ApprovalAsked(id, hash.Hash, hash.Scripts, hash.Files, reasons, asked)
            : new ApprovalPassed(id, hash.Hash, hash.Scripts, hash.Files, asked);
    }

    private async Task<bool> AnyAsync(Run run, CancellationToken cancel, params Condition[] where) =>
        (await documents.QueryAsync<RunView>(new(
            [new("project", Comparison.Equal, run.Request.ProjectId.ToString()), .. where], Limit: 1), cancel)).Items.Count > 0;
}

/// <summary>What a project's rules add to a run that is submitted or retried.</summary>
public sealed class ApprovalDemand(IDocuments documents)
{
    /// <summary>The fact to be written with it; null in a project that wants no second look.</summary>
    public async Task<ApprovalDemanded?> OfAsync(Common.Id<Project> project, Common.Id<Run> run, CancellationToken cancel) =>
        await ApprovalRulesView.FindAsync(documents, project, cancel) is { Ask: true } rules ? new(run, rules) : null;
}
