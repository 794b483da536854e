using Portal.Domain.Runs;
using Portal.Web.Components.Parts;
using Portal.Web.Components.Runs;

namespace Portal.Tests.Web.Runs;

public sealed class RunRailTests
{
    private static PhaseEntered Enter(Phase phase) => new(RunSamples.Id, phase);

    private static string Places(Run run) => string.Join(' ', RunRail.Marks(run).Select(mark => $"{mark.Phase}:{mark.Place}"));

    [Fact]
    public void A_run_that_has_just_begun_passes_over_what_it_has_nothing_for() => Assert.Equal(
        "Submitted:Now FetchingInputs:Ahead FetchingCode:Skipped StagingIn:Skipped Queued:Ahead Running:Ahead Collecting:Ahead Uploading:Ahead Succeeded:Ahead",
        Places(RunSamples.After()));

    [Fact]
    public void A_phase_entered_twice_is_one_mark_with_all_its_time()
    {
        var run = RunSamples.After(Enter(Phase.FetchingInputs), Enter(Phase.Queued), Enter(Phase.Running), Enter(Phase.Queued), Enter(Phase.Running),
            Enter(Phase.Collecting));
        var marks = RunRail.Marks(run).ToDictionary(mark => mark.Phase);
        Assert.Equal(PhasePlace.Done, marks["Queued"].Place);
        Assert.Equal(TimeSpan.FromSeconds(2), marks["Queued"].To - marks["Queued"].From);
        Assert.Equal(TimeSpan.FromSeconds(2), marks["Running"].To - marks["Running"].From);
        Assert.Equal(PhasePlace.Now, marks["Collecting"].Place);
    }

    [Fact]
    public void The_present_phase_counts_on_from_what_it_took_before()
    {
        var run = RunSamples.After(Enter(Phase.FetchingInputs), Enter(Phase.Queued), Enter(Phase.Running), Enter(Phase.Queued));
        var queued = RunRail.Marks(run).Single(mark => mark.Phase == "Queued");
        // Entered the second time at 4 s, after 1 s of waiting before.
        Assert.Equal((PhasePlace.Now, RunSamples.Noon.AddSeconds(3)), (queued.Place, queued.From!.Value));
        Assert.Null(queued.To);
    }

    [Fact]
    public void A_failed_run_shows_where_it_broke()
    {
        var run = RunSamples.After(Enter(Phase.FetchingInputs), new RunFailed(RunSamples.Id, new(FailureName.InputMissing, "Not there.")));
        Assert.Equal(
            "Submitted:Done FetchingInputs:Broken FetchingCode:Skipped StagingIn:Skipped Queued:Ahead Running:Ahead Collecting:Ahead Uploading:Ahead Failed:Broken",
            Places(run));
    }

    [Fact]
    public void A_cancelled_run_broke_nowhere()
    {
        var run = RunSamples.After(Enter(Phase.FetchingInputs), new RunCancelled(RunSamples.Id));
        Assert.StartsWith("Submitted:Done FetchingInputs:Done", Places(run), StringComparison.Ordinal);
        Assert.EndsWith("Cancelled:Broken", Places(run), StringComparison.Ordinal);
    }

    [Fact]
    public void What_holds_a_run_stands_at_its_phase()
    {
        var run = RunSamples.After(Enter(Phase.FetchingInputs), new RunHeld(RunSamples.Id, Hold.Blocked, new(FailureName.Unreachable, "Away.")));
        Assert.Equal("blocked", RunRail.Marks(run).Single(mark => mark.Place == PhasePlace.Now).Note);
    }

    [Fact]
    public void Bytes_moved_stand_at_the_phase_that_moves_them()
    {
        var run = RunSamples.After(Enter(Phase.FetchingInputs), new TransferStarted(RunSamples.Id, "input-0", "endpoint://sea/depth.csv", "input/depth.csv", 1),
            new TransferProgressed(RunSamples.Id, "input-0", 2048, 4096));
        Assert.Equal("2.00 KiB", RunRail.Marks(run)[1].Note);
    }
}
