using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Domain.Runs;

/// <summary>How the second look at a run changes it, and what it makes come next.</summary>
public static class Approving
{
    /// <summary>What has to be done before anything else of the run; null where it may go on. The code comes before the
    /// question, since the answer is about its bytes.</summary>
    public static Act? Next(Run run) => run.Approval switch
    {
        null or { Cleared: true } => null,
        { Stage: ApprovalStage.Waiting } => new Act.AwaitApproval(),
        { Stage: ApprovalStage.Refused } refused => new Act.Finish(new RunFailed(run.Request.RunId, Refusal(refused))),
        _ when run.Request.Plan.Code is not null && run.Code?.Sha256 is null => new Act.FetchCode(),
        _ => new Act.AskApproval(),
    };

    /// <summary>Why what is about to run is not what was approved; null when it is, or when nobody had to be asked.</summary>
    /// <param name="run">The run.</param>
    /// <param name="files">The digest of its code's files as they are now; null for the one noted when they were fetched.</param>
    public static Failure? Difference(Run run, string? files = null)
    {
        if (run.Approval is not { } approval) return null;
        var now = CodeHash.Of(run.Request, run.Request.Plan.Code is null ? null : files ?? run.Code?.Sha256);
        return approval.Cleared && approval.Hash == now.Hash ? null : new(FailureName.CodeNotApproved,
            "What was about to run is not what was approved. Nothing of it was sent to the machine.",
            $"approved {approval.Hash}\nfound    {now.Hash}", "Submit a new run: it is looked at as it is now.");
    }

    /// <summary>The run after a fact about its second look; the run itself after any other.</summary>
    internal static Run Apply(Run run, object fact, DateTimeOffset at) => fact switch
    {
        ApprovalDemanded demanded => run with { Approval = ApprovalState.Begin(demanded.Rules) },
        ApprovalAsked asked => run with
        {
            Postponed = null,
            Approval = Of(run) with
            {
                Stage = ApprovalStage.Waiting, Hash = asked.Hash, Scripts = asked.Scripts, Files = asked.Files,
                Reasons = asked.Reasons, CoreHours = asked.CoreHours, AskedAt = at,
            },
        },
        ApprovalPassed passed => run with
        {
            Postponed = null,
            Approval = Of(run) with
            {
                Stage = ApprovalStage.Passed, Hash = passed.Hash, Scripts = passed.Scripts, Files = passed.Files,
                CoreHours = passed.CoreHours,
            },
        },
        RunApproved approved => Decided(run, ApprovalStage.Approved, approved.By, approved.Comment, at),
        ApprovalRefused refused => Decided(run, ApprovalStage.Refused, refused.By, refused.Comment, at),
        _ => run,
    };

    /// <summary>The second look at a run that is retried: what was approved stays so, all else is looked at anew.</summary>
    internal static ApprovalState? Again(ApprovalState? before) =>
        before is null or { Cleared: true } ? before : ApprovalState.Begin(before.Rules);

    private static ApprovalState Of(Run run) => run.Approval ?? ApprovalState.Begin(ApprovalRules.None);

    private static Run Decided(Run run, ApprovalStage stage, Id<User> by, string? comment, DateTimeOffset at) => run with
    {
        Approval = Of(run) with { Stage = stage, DecidedBy = by, DecidedAt = at, Comment = comment },
    };

    private static Failure Refusal(ApprovalState refused) => new(FailureName.ApprovalRefused,
        "Somebody who looked at the run did not approve it.", refused.Comment,
        "Talk to them, or change what they did not want and submit a new run.");
}
