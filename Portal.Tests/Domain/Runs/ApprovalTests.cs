using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using static Portal.Tests.Domain.Runs.Given;

namespace Portal.Tests.Domain.Runs;

/// <summary>Given a project's rules and what happened, who is asked, what an answer does, and what comes next.</summary>
public sealed class ApprovalTests
{
    private const string Tree = "f0";
    private static readonly Id<Portal.Domain.Accounts.User> Grace = new(Guid.Parse("0198f000-0000-7000-8000-0000000000aa"));
    private static readonly ApprovalRules All = new(CodeRule.New, true, 10, false);
    private static readonly CodeResolved Resolved = new(Id, "u", "main", "c0");
    private static readonly CodeFetched Fetched = new(Id, "c0", null, "t0", 1, 1, Tree);

    private static CodeHash Hash => CodeHash.Of(Submitted, Tree);

    private static ApprovalAsked Question => new(Id, Hash.Hash, Hash.Scripts, Hash.Files, [ApprovalReason.NewCode], 1);

    private static object[] Due => [Submitted, Granted, new ApprovalDemanded(Id, All)];

    private static object[] Waiting => [.. Due, Resolved, Fetched, new PhaseEntered(Id, Phase.AwaitingApproval), Question];

    private static RunApproved Yes => new(Id, Hash.Hash, Grace, false, "Well done.");

    private static ApprovalRefused No => new(Id, Hash.Hash, Grace, "Not this.");

    /// <summary>Rules; what is known of code and machine; why somebody is asked.</summary>
    public static TheoryData<ApprovalRules, bool, bool, string> Asked => new()
    {
        { ApprovalRules.None, false, false, "" },
        { new(CodeRule.New, false, null, false), false, false, "NewCode" },
        { new(CodeRule.New, false, null, false), true, false, "" },
        { new(CodeRule.Always, false, null, false), true, true, "EveryRun" },
        { new(CodeRule.Never, true, null, false), false, false, "NewMachine" },
        { new(CodeRule.Never, true, null, false), false, true, "" },
        // Two steps without a time limit: nobody can tell what they ask for.
        { new(CodeRule.Never, false, 1_000_000, false), true, true, "Budget" },
        { All, false, false, "NewCode NewMachine Budget" },
        { All, true, true, "Budget" },
    };

    [Theory, MemberData(nameof(Asked))]
    public void Who_is_asked_about_what(ApprovalRules rules, bool code, bool machine, string reasons)
    {
        var run = Run(Submitted, Granted, new ApprovalDemanded(Id, rules), Resolved, Fetched);
        var fact = JudgeApproval.Decide(run, Hash, code, machine);
        if (reasons.Length == 0) Assert.Equal(new ApprovalPassed(Id, Hash.Hash, Hash.Scripts, Tree, null), fact);
        else Assert.Equal(reasons, string.Join(' ', Assert.IsType<ApprovalAsked>(fact).Reasons));
    }

    /// <summary>Given; what comes next.</summary>
    public static TheoryData<string, object[], string> Next => new()
    {
        { "just submitted: the code comes first", Due, "FetchCode" },
        { "its commit is known", [.. Due, Resolved], "FetchCode" },
        { "fetched before digests were taken", [.. Due, Resolved, Fetched with { Sha256 = null }], "FetchCode" },
        { "its bytes are known", [.. Due, Resolved, Fetched], "AskApproval" },
        { "somebody is asked", Waiting, "AwaitApproval" },
        { "its lease ends meanwhile", [.. Waiting, new LeaseEnded(Id, Lease, "expired")], "AwaitApproval" },
        { "cancelled while it waits", [.. Waiting, new CancelRequested(Id, User)], "Finish RunCancelled" },
        { "approved", [.. Waiting, Yes], "FetchInputs" },
        { "approved and cancelled at once", [.. Waiting, Yes, new CancelRequested(Id, User)], "Finish RunCancelled" },
        { "nothing was new", [.. Due, Resolved, Fetched, new ApprovalPassed(Id, "h", "s", Tree, 1)], "FetchInputs" },
        { "refused", [.. Waiting, No], "Finish RunFailed" },
    };

    [Theory, MemberData(nameof(Next))]
    public void What_comes_next(string given, object[] facts, string then)
    {
        Assert.NotEmpty(given);
        var act = NextAct.Of(Run(facts));
        Assert.Equal(then, act is Act.Finish finish ? $"Finish {finish.Event.GetType().Name}" : act.GetType().Name);
    }

    [Fact]
    public void A_refusal_is_the_end_by_name_with_what_was_said()
    {
        var failed = Assert.IsType<RunFailed>(Assert.IsType<Act.Finish>(NextAct.Of(Run([.. Waiting, No]))).Event);
        Assert.Equal((FailureName.ApprovalRefused, "Not this."), (failed.Failure.Name, failed.Failure.Evidence));
        Assert.NotNull(failed.Failure.Advice);
    }

    /// <summary>Given; who decides; whether they approve, may approve their own, and with which hash; the refusal's code, or
    /// nothing; then the events.</summary>
    public static TheoryData<string, object[], bool, bool, bool, bool, string?, int> Decisions => new()
    {
        { "somebody else approves", Waiting, false, true, false, true, null, 1 },
        { "somebody else refuses", Waiting, false, false, false, true, null, 1 },
        { "the submitter approves", Waiting, true, true, false, true, "OWN_RUN", 0 },
        { "the submitter approves where that is allowed", Waiting, true, true, true, true, null, 1 },
        { "the submitter refuses", Waiting, true, false, false, true, null, 1 },
        { "another hash", Waiting, false, true, false, false, "CODE_DIFFERS", 0 },
        { "nothing is asked", Due, false, true, false, true, "APPROVAL_NOT_ASKED", 0 },
        { "no rules", Queued, false, true, false, true, "APPROVAL_NOT_ASKED", 0 },
        { "approved by the same person", [.. Waiting, Yes], false, true, false, true, null, 0 },
        { "refused after it was approved", [.. Waiting, Yes], false, false, false, true, "APPROVAL_DECIDED", 0 },
        { "approved by another after it was refused", [.. Waiting, No], true, true, true, true, "APPROVAL_DECIDED", 0 },
        { "refused again when it is over", [.. Waiting, No, new RunFailed(Id, Trouble)], false, false, false, true, null, 0 },
        { "being cancelled", [.. Waiting, new CancelRequested(Id, User)], false, true, false, true, "RUN_ENDED", 0 },
        { "cancelled", [.. Waiting, new RunCancelled(Id)], false, true, false, true, "RUN_ENDED", 0 },
    };

    [Theory, MemberData(nameof(Decisions))]
    public void What_a_decision_does(
        string given, object[] facts, bool own, bool approve, bool mayOwn, bool same, string? code, int events)
    {
        Assert.NotEmpty(given);
        var command = new DecideApproval(Id, same ? Hash.Hash : "00", approve, "  Seen.  ");
        var decided = DecideApproval.Decide(Run(facts), command, own ? User : Grace, mayOwn);
        Assert.Equal(code, decided.Problems?[0].Code);
        Assert.Equal(events, decided.Value?.Count ?? 0);
        if (events == 0) return;
        Assert.Equal(approve ? new RunApproved(Id, Hash.Hash, own ? User : Grace, own, "Seen.")
            : (object)new ApprovalRefused(Id, Hash.Hash, own ? User : Grace, "Seen."), decided.Value![0]);
    }

    [Fact]
    public void A_comment_is_text_of_some_length()
    {
        foreach (var comment in (string[])[new string('x', DecideApproval.LongestComment + 1), "bell\a"])
        {
            var refused = DecideApproval.Decide(Run(Waiting), new(Id, Hash.Hash, true, comment), Grace, false);
            Assert.Equal("comment", refused.Problems![0].Field);
        }
    }

    [Fact]
    public void A_retry_keeps_an_approval_and_asks_anew_after_a_refusal_or_none()
    {
        object[] broke = [.. Waiting, Yes, new StepSubmitting(Id, "a", 1, "k"), Ended("a", "failed"), new RunFailed(Id, Trouble)];
        Assert.Equal(ApprovalStage.Approved, Retried(broke).Approval!.Stage);
        Assert.IsType<Act.FetchInputs>(NextAct.Of(Retried(broke)));
        foreach (var ended in new object[][] { [.. Waiting, No, new RunFailed(Id, Trouble)], [.. Waiting, new RunCancelled(Id)] })
        {
            Assert.Equal((ApprovalStage.Due, Phase.AwaitingApproval), (Retried(ended).Approval!.Stage, Retried(ended).Phase));
            Assert.IsType<Act.AskApproval>(NextAct.Of(Retried(ended)));
        }
    }

    [Fact]
    public void A_run_from_before_the_rules_is_looked_at_when_it_is_retried()
    {
        object[] before = [.. Done, new RunFailed(Id, Trouble)];
        var demanded = new ApprovalDemanded(Id, All);
        Assert.Contains(demanded, RetryRun.Decide(Run(before), User, Granted, demanded).Value!);
        object[] approved = [.. Waiting, Yes, new RunFailed(Id, Trouble)];
        Assert.DoesNotContain(demanded, RetryRun.Decide(Run(approved), User, Granted, demanded).Value!);
    }

    private static Run Retried(object[] facts) => Run([.. facts, .. RetryRun.Decide(Run(facts), User, Granted).Value!]);
}
