using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.Web.Components.Parts;

namespace Portal.Tests.Web;

public sealed class PartsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_state_is_an_icon_a_word_and_a_colour()
    {
        var badge = (await Drawing.OfAsync<StateBadge>(new { State = (object)"HostKeyChanged" })).FirstElementChild!;
        Assert.Equal("Host key changed", badge.TextContent);
        Assert.NotNull(badge.QuerySelector("svg"));
        Assert.Contains("tone-bad", badge.ClassList);
    }

    [Fact]
    public void Every_state_of_the_domain_has_a_look_of_its_own()
    {
        var names = new[] { typeof(Phase), typeof(StepStatus), typeof(MachineState), typeof(Hold) }
            .SelectMany(Enum.GetNames).Where(name => name != nameof(Hold.None));
        Assert.Empty(names.Except(States.Names));
    }

    [Fact]
    public void Every_look_has_an_icon_that_is_drawn() =>
        Assert.Empty(States.Names.Select(name => States.Of(name).Icon).Except(Icons.Names));

    [Fact]
    public async Task What_comes_from_outside_is_text_and_never_markup()
    {
        var preview = await Drawing.OfAsync<ResultPreview>(new { Name = "notes.txt", Text = "<script>alert(1)</script>" });
        Assert.Empty(preview.QuerySelectorAll("script"));
        Assert.Contains("<script>alert(1)</script>", preview.TextContent);
    }

    [Fact]
    public async Task A_picture_is_drawn_through_an_image()
    {
        var preview = await Drawing.OfAsync<ResultPreview>(new { Name = "plot.svg", Source = "/results/1", Text = "<svg onload=\"x()\"/>" });
        Assert.Equal("/results/1", preview.QuerySelector("img")!.GetAttribute("src"));
        Assert.Equal("plot.svg", preview.QuerySelector("img")!.GetAttribute("alt"));
        Assert.Null(preview.QuerySelector("svg"));
    }

    [Fact]
    public async Task Csv_becomes_a_table()
    {
        var preview = await Drawing.OfAsync<ResultPreview>(new { Name = "a.csv", Text = "name,value\n\"a, \"\"b\"\"\",1.5\r\nc,2\n" });
        Assert.Equal(["name", "value"], preview.QuerySelectorAll("th").Select(cell => cell.TextContent));
        Assert.Equal(["a, \"b\"", "1.5", "c", "2"], preview.QuerySelectorAll("td").Select(cell => cell.TextContent));
        Assert.Equal(2, preview.QuerySelectorAll("td.number").Length);
    }

    [Fact]
    public async Task Problems_say_what_where_and_what_to_do()
    {
        Problem[] problems = [new("WRONG_TYPE", "Not a number.", "steps[0].tasks", 7, 3, "Write 4.")];
        var list = await Drawing.OfAsync<ProblemList>(new { Problems = (IReadOnlyList<Problem>)problems });
        Assert.Equal("alert", list.FirstElementChild!.GetAttribute("role"));
        foreach (var said in new[] { "Not a number. Write 4.", "line 7, column 3", "steps[0].tasks", "WRONG_TYPE" })
            Assert.Contains(said, list.TextContent);
    }

    [Fact]
    public async Task Progress_is_told_to_those_who_cannot_see_it()
    {
        var bar = (await Drawing.OfAsync<ProgressBar>(new { Label = "a.nc", Done = 256L, Total = (long?)1024L }))
            .QuerySelector("[role=progressbar]")!;
        Assert.Equal("25", bar.GetAttribute("aria-valuenow"));
        Assert.Equal("a.nc", bar.GetAttribute("aria-label"));
    }

    [Fact]
    public async Task The_present_phase_is_marked()
    {
        RailMark[] marks =
        [
            new("Queued", PhasePlace.Done, Noon, Noon.AddSeconds(75)), new("Running", PhasePlace.Now, Noon.AddSeconds(75)),
            new("Collecting", PhasePlace.Ahead),
        ];
        var rail = await Drawing.OfAsync<PhaseRail>(new { Marks = (IReadOnlyList<RailMark>)marks });
        Assert.Equal(["done", "now", "still to come"], rail.QuerySelectorAll(".sr").Select(words => words.TextContent));
        Assert.Contains("Running", rail.QuerySelector("[aria-current=step]")!.TextContent);
        Assert.Contains("1 min 15 s", rail.QuerySelector(".done")!.TextContent);
    }
}
