using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>Second looks on a real machine: what waits, what goes on, and that nothing of it is on the machine before.</summary>
public sealed class ApprovalTests(PostgresFixture postgres, SiteFixture fixture) : PipelineTest(postgres, fixture)
{
    [Fact]
    public async Task New_code_waits_and_the_same_passes_and_other_code_is_asked_about()
    {
        await RulesAsync(new(CodeRule.New, false, null, false));
        var (first, text) = (await AskedAsync(Workflows.Step("echo one")), Workflows.Step("echo one"));
        await UntouchedAsync(first);
        await DecideAsync(first, true);
        await Ground.SucceededAsync(first);

        var same = await Ground.SubmitAsync(text);
        var facts = await Ground.SucceededAsync(same);
        Assert.Single(facts.OfType<ApprovalPassed>());
        Assert.DoesNotContain(facts, fact => fact is ApprovalAsked or PhaseEntered { Phase: Phase.AwaitingApproval });

        var other = await AskedAsync(text.Replace("one", "two", StringComparison.Ordinal));
        await DecideAsync(other, false, "Not two.");
        var failure = await Ground.FailedAsync(other);
        Assert.Equal((FailureName.ApprovalRefused, "Not two."), (failure.Name, failure.Evidence));
        Assert.Contains(await Ground.FactsAsync(other), fact => fact is LeaseEnded { Reason: "done" });
        await UntouchedAsync(other);
    }

    [Fact]
    public async Task Code_from_git_is_looked_at_before_it_is_sent_and_survives_a_restart_and_the_end_of_its_lease()
    {
        await RulesAsync(new(CodeRule.New, true, null, false));
        var run = await AskedAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}"));
        var asked = (await Ground.FactsAsync(run)).OfType<ApprovalAsked>().Single();
        Assert.Equal([ApprovalReason.NewCode, ApprovalReason.NewMachine], asked.Reasons);
        Assert.Equal(Assert.Single((await Ground.FactsAsync(run)).OfType<CodeFetched>()).Sha256, asked.Files);
        await Ground.RestartAsync();
        Assert.IsType<Act.AwaitApproval>(NextAct.Of(await Ground.ShowAsync(run)));
        PortalGround.Ok(await Ground.Get<RevokeLeaseHandler>().HandleAsync(Ground.Caller, run, default));
        await UntouchedAsync(run);
        await DecideAsync(run, true);
        await HeldAsync(run, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        PortalGround.Ok(await Ground.Get<GiveTokenHandler>().HandleAsync(Ground.Caller, new(run, Ground.Token), default));
        var facts = await Ground.SucceededAsync(run);
        Assert.Single(facts.OfType<ApprovalAsked>());
        Assert.Single(facts.OfType<CodeFetched>());
        Assert.True(At<RunApproved>(facts) < At<TransferStarted>(facts) && At<RunApproved>(facts) < At<CodeStaged>(facts));
    }

    [Fact]
    public async Task Cancelled_while_it_waits_it_ends_and_retried_it_is_asked_about_anew()
    {
        await RulesAsync(new(CodeRule.Never, false, 0, false));
        var run = await AskedAsync(Workflows.Step("true"));
        await Ground.CancelAsync(run);
        Assert.Contains(await Ground.EndAsync(run), fact => fact is RunCancelled);
        await Ground.RetryAsync(run);
        await Ground.UntilAsync(run, fact => fact is ApprovalAsked, times: 2);
        await DecideAsync(run, true);
        await Ground.UntilAsync(run, PortalGround.IsEnd, times: 2);
        Assert.Equal(Phase.Succeeded, (await Ground.ShowAsync(run)).Phase);
        Assert.Single(await Ground.JobsAsync(run));
    }

    [Fact]
    public async Task What_is_not_what_was_approved_never_reaches_the_machine()
    {
        await RulesAsync(new(CodeRule.New, false, null, false));
        var run = await AskedAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}"));
        // As after somebody who can write to the database: approved is another hash than that of the files.
        PortalGround.Ok(await Ground.Get<Ledger>().AppendAsync(Ground.Caller,
            [new(Ledger.StreamOf<Run>(run.Value), IEventStore.AnyVersion,
            [
                new ApprovalAsked(run, new('0', 64), new('0', 64), null, [ApprovalReason.NewCode], null),
                new RunApproved(run, new('0', 64), Ground.Caller.User!.Value, true, null),
            ])], default));
        Assert.Equal(FailureName.CodeNotApproved, (await Ground.FailedAsync(run)).Name);
        await UntouchedAsync(run);
    }

    private static int At<T>(IReadOnlyList<object> facts) => facts.TakeWhile(fact => fact is not T).Count();

    private async Task RulesAsync(ApprovalRules rules) => PortalGround.Ok(
        await Ground.Get<ChangeApprovalRulesHandler>().HandleAsync(Ground.Caller, new(Ground.Project, rules), default));

    private async Task<Id<Run>> AskedAsync(string description)
    {
        var run = await Ground.SubmitAsync(description);
        await Ground.UntilAsync(run, fact => fact is ApprovalAsked);
        Assert.Equal(Phase.AwaitingApproval, (await Ground.ShowAsync(run)).Phase);
        return run;
    }

    private async Task DecideAsync(Id<Run> run, bool approve, string? comment = null)
    {
        var hash = (await Ground.ShowAsync(run)).Approval!.Hash!;
        PortalGround.Ok(await Ground.Get<DecideApprovalHandler>().HandleAsync(
            Ground.Caller, new(run, hash, approve, comment), default));
    }

    // Neither a folder nor a job.
    private async Task UntouchedAsync(Id<Run> run)
    {
        var folder = (await Ground.ShowAsync(run)).Request.Folder;
        Assert.Equal("", (await Ground.Site.RunAsync($"ls -d {folder} 2>/dev/null")).Output);
        Assert.Empty(await Ground.JobsAsync(run));
    }
}
