using Portal.Domain.Runs;
using Portal.Web.Components.Parts;
using Portal.Web.Components.Runs;
using Portal.Web.RunFiles;

namespace Portal.Tests.Web.Runs;

public sealed class RunPagesTests
{
    private static ListQuery Asked(string query) =>
        ListQuery.From(new Uri("http://portal/runs" + query), ["show", "machine", "workflow"], "-submitted", 50);

    [Theory]
    [InlineData("?show=active", "final Equal False")]
    [InlineData("?show=attention", "hold NotEqual None")]
    [InlineData("?show=failed&q=heat", "name Contains heat, phase Equal Failed")]
    [InlineData("?machine=m1&workflow=tides", "machine Equal m1, workflow Equal tides")]
    [InlineData("?show=nonsense", "")]
    public void The_address_says_which_runs(string address, string conditions) => Assert.Equal(conditions,
        string.Join(", ", RunsQuery.Of(Asked(address)).Where.Select(one => $"{one.Column} {one.Comparison} {one.Value}")));

    [Theory]
    [InlineData("", "submitted_at", true)]
    [InlineData("?sort=name", "name", false)]
    [InlineData("?sort=-machine", "machine_name", true)]
    [InlineData("?sort=password", "submitted_at", false)]
    public void Only_declared_columns_are_sorted_by(string address, string column, bool descending)
    {
        var query = RunsQuery.Of(Asked(address));
        Assert.Equal((column, descending), (query.OrderBy, query.Descending));
    }

    [Fact]
    public void A_rate_is_that_of_the_last_seconds()
    {
        var rates = new TransferRates();
        for (var second = 0; second <= 20; second++)
            rates.Note(RunSamples.Event(new TransferProgressed(RunSamples.Id, "input-0", second < 10 ? second * 10 : 100 + (second - 10) * 1000, null), second));
        Assert.Equal(1000, rates.Of("input-0", RunSamples.Noon.AddSeconds(20)));
        Assert.Null(rates.Of("input-0", RunSamples.Noon.AddSeconds(40)));
        Assert.Null(rates.Of("input-1", RunSamples.Noon));
    }

    [Fact]
    public void A_transfer_begun_anew_has_no_negative_rate()
    {
        var rates = new TransferRates();
        rates.Note("input-0", 5000, RunSamples.Noon);
        rates.Note("input-0", 0, RunSamples.Noon.AddSeconds(1));
        Assert.Null(rates.Of("input-0", RunSamples.Noon.AddSeconds(1)));
        rates.Note("input-0", 300, RunSamples.Noon.AddSeconds(2));
        Assert.Equal(300, rates.Of("input-0", RunSamples.Noon.AddSeconds(2)));
    }

    [Fact]
    public void A_bar_is_never_backwards_when_the_machines_clock_is_behind()
    {
        var run = RunSamples.After(new StepSubmitting(RunSamples.Id, "solve", 1, "key"), new JobSubmitted(RunSamples.Id, "solve", "key", "7", null),
            new StepEnded(RunSamples.Id, "solve", 1, "succeeded", 0, new(0, 0, 1, 0, 0), RunSamples.Noon.AddHours(-1), RunSamples.Noon.AddMinutes(-59), null, null));
        var bar = Assert.Single(StepBars.Of(run));
        Assert.True(bar.Queued <= bar.Started && bar.Started <= bar.Ended);
    }

    [Fact]
    public void A_step_that_was_seen_running_has_begun_though_no_time_was_told()
    {
        var run = RunSamples.After(new StepSubmitting(RunSamples.Id, "solve", 1, "key"), new JobSubmitted(RunSamples.Id, "solve", "key", "7", null),
            new PhaseEntered(RunSamples.Id, Phase.Running), new JobObserved(RunSamples.Id, "solve", "running", "RUNNING", null, new(0, 1, 0, 0, 0), null));
        Assert.Equal(RunSamples.Noon.AddSeconds(3), Assert.Single(StepBars.Of(run)).Started);
    }

    [Fact]
    public async Task A_failure_shows_name_evidence_and_advice_as_text()
    {
        var run = RunSamples.After(new RunFailed(RunSamples.Id, new(FailureName.OutOfMemory, "It took too much.", "<b>oom-kill</b>", "Ask for more.")));
        var box = await Drawing.OfAsync<RunTrouble>(new { Run = run });
        foreach (var said in new[] { "OutOfMemory", "It took too much.", "<b>oom-kill</b>", "Ask for more." })
            Assert.Contains(said, box.TextContent);
        Assert.Empty(box.QuerySelectorAll("b"));
    }

    [Fact]
    public void A_cancel_says_what_it_ends()
    {
        var run = RunSamples.After(new StepSubmitting(RunSamples.Id, "solve", 1, "key"), new JobSubmitted(RunSamples.Id, "solve", "key", "7", null));
        Assert.StartsWith("Job 7 of step solve is ended.", RunCancelling.Says(run), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.csv", "text/plain; charset=utf-8")]
    [InlineData("a.SVG", "image/svg+xml")]
    [InlineData("a.png", "image/png")]
    [InlineData("a.html", "application/octet-stream")]
    [InlineData("a.xhtml", "application/octet-stream")]
    [InlineData("a", "application/octet-stream")]
    public void Only_a_short_list_is_shown_by_a_browser(string name, string type) => Assert.Equal(type, FileTypes.Of(name));

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("a\r\nSet-Cookie: x", "a__Set-Cookie_ x")]
    [InlineData("..", "result")]
    [InlineData("größe.csv", "größe.csv")]
    public void A_name_to_save_under_is_harmless(string name, string safe) => Assert.Equal(safe, FileTypes.SafeName(name));
}
