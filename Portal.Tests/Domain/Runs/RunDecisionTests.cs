using Portal.Domain.Runs;
using static Portal.Tests.Domain.Runs.Given;

namespace Portal.Tests.Domain.Runs;

/// <summary>Submitting, cancelling, and how facts change a run.</summary>
public sealed class RunDecisionTests
{
    [Fact]
    public void Submitted_is_the_request_and_its_lease() =>
        Assert.Equal([Submitted, Granted], SubmitRun.Decide(Run(), Submitted, Granted).Value!);

    [Fact]
    public void Submitted_again_by_the_same_person_is_nothing_new() =>
        Assert.Empty(SubmitRun.Decide(Run(Submitted, Granted), Submitted, Granted).Value!);

    [Fact]
    public void Submitted_by_another_person_under_the_same_id_is_a_conflict()
    {
        var other = Submitted with { SubmittedBy = new(Guid.Parse("0198f000-0000-7000-8000-0000000000ff")) };
        Assert.Equal("CONFLICT", Assert.Single(SubmitRun.Decide(Run(Submitted, Granted), other, Granted).Problems!).Code);
    }

    [Fact]
    public void A_lease_lasts_as_long_as_the_steps_and_a_margin_and_never_more_than_a_month()
    {
        // Two steps without a limit: a day each.
        Assert.Equal(Start + TimeSpan.FromDays(2) + SubmitRun.LeaseMargin, SubmitRun.LeaseEnd(Submitted.Plan, null, Start));
        Assert.Equal(Start.AddHours(1), SubmitRun.LeaseEnd(Submitted.Plan, TimeSpan.FromHours(1), Start));
        Assert.Equal(Start + SubmitRun.LongestLease, SubmitRun.LeaseEnd(Submitted.Plan, TimeSpan.FromDays(99), Start));
    }

    [Fact]
    public void Cancel_asks_once()
    {
        Assert.Equal([new CancelRequested(Id, User)], CancelRun.Decide(Run(Queued), new(Id), User).Value!);
        Assert.Empty(CancelRun.Decide(Run([.. Queued, new CancelRequested(Id, User)]), new(Id), User).Value!);
        Assert.Empty(CancelRun.Decide(Run([.. Queued, new RunFailed(Id, Trouble)]), new(Id), User).Value!);
    }

    [Fact]
    public void A_phase_is_noted_once_with_its_time()
    {
        var run = Run(Submitted, new PhaseEntered(Id, Phase.FetchingInputs), new PhaseEntered(Id, Phase.FetchingInputs), new PhaseEntered(Id, Phase.Queued));
        Assert.Equal([new(Phase.Submitted, Start), new(Phase.FetchingInputs, Start.AddSeconds(1)), new PhaseMark(Phase.Queued, Start.AddSeconds(3))], run.Phases);
    }

    [Fact]
    public void A_token_given_releases_what_waits_for_it_and_nothing_else()
    {
        var lease = new LeaseGranted(Id, new(Guid.NewGuid()), Credential, User, Start);
        Assert.Equal(Hold.None, Run(Submitted, new RunHeld(Id, Hold.AwaitingToken, Trouble), lease).Hold);
        Assert.Equal(Hold.Blocked, Run(Submitted, new RunHeld(Id, Hold.Blocked, Trouble), lease).Hold);
    }

    [Fact]
    public void The_end_of_another_lease_is_not_the_end_of_this_one()
    {
        Assert.Null(Run(Submitted, Granted, new LeaseEnded(Id, new(Guid.NewGuid()), "replaced")).Lease!.Ended);
        Assert.Equal("revoked", Run(Submitted, Granted, new LeaseEnded(Id, Lease, "revoked")).Lease!.Ended);
    }

    [Fact]
    public void What_was_postponed_is_over_when_something_succeeds()
    {
        var postponed = new AttemptPostponed(Id, "x", 3, Trouble, Start);
        var started = new TransferStarted(Id, "input-0", "a", "b", 1);
        Assert.Equal(3, Run(Submitted, started, postponed).Postponed!.Attempt);
        Assert.Null(Run(Submitted, started, postponed, new TransferProgressed(Id, "input-0", 5, 9)).Postponed);
        Assert.Null(Run([.. Queued, postponed, new JobObserved(Id, "a", "running", "RUNNING", null, new(0, 1, 0, 0, 0), null)]).Postponed);
        Assert.NotNull(Run([.. Queued, postponed, new JobObserved(Id, "a", "unknown", "", null, new(1, 0, 0, 0, 0), null)]).Postponed);
    }

    [Fact]
    public void A_transfer_that_begins_anew_and_comes_no_further_is_no_success()
    {
        var run = Run(Submitted, new TransferStarted(Id, "input-0", "a", "b", 1), new TransferProgressed(Id, "input-0", 5, 9),
            new AttemptPostponed(Id, "x", 1, Trouble, Start), new TransferStarted(Id, "input-0", "a", "b", 2), new TransferProgressed(Id, "input-0", 2, 9),
            new TransferProgressed(Id, "input-0", 4, 9));
        Assert.NotNull(run.Postponed);
        Assert.Equal((4, 5), (run.Transfers["input-0"].Bytes, run.Transfers["input-0"].Most));
    }

    [Fact]
    public void An_end_is_final_and_holds_nothing()
    {
        var run = Run([.. Queued, new RunHeld(Id, Hold.Blocked, Trouble), new RunFailed(Id, Trouble)]);
        Assert.Equal((Phase.Failed, Hold.None, Trouble), (run.Phase, run.Hold, run.Failure));
        Assert.IsType<Act.Rest>(NextAct.Of(run));
    }
}
