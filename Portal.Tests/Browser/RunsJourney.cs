using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>The pages about runs, against the real portal: what they say when nothing is there, and what they say about mistakes.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RunsJourney(BrowserFixture fixture)
{
    private const string Good = """
        portal: 1
        name: tides
        title: Tides
        parameters:
          grid: { type: integer, title: Grid points, default: 64, minimum: 8, maximum: 400 }
          depth: { type: number, title: Depth, unit: m }
        steps:
          - { id: solve, title: Solve the tides, command: "true", resources: { time: 10m } }
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_nothing_yet_is_told_what_comes_first()
    {
        await using var visit = await StartAsync("first@example.org");
        await visit.OpenAsync("/");
        var steps = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Getting started" });
        await Assertions.Expect(steps.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(5);
        await Assertions.Expect(steps.GetByRole(AriaRole.Link, new() { Name = "Add a machine" })).ToBeVisibleAsync();

        await visit.OpenAsync("/runs");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "No runs yet, and no machine to run on" })).ToBeVisibleAsync();
        await visit.OpenAsync("/runs?show=failed");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Nothing fits" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_mistake_in_the_description_is_named_by_line_and_column_while_it_is_typed()
    {
        await using var visit = await StartAsync("lines@example.org");
        await visit.OpenAsync("/runs/new");
        var text = visit.Page.GetByLabel("Description of the workflow, YAML");
        await text.FillAsync(Good.Replace("type: integer", "type: intger", StringComparison.Ordinal));
        await Assertions.Expect(visit.Page.GetByText("line 5, column 17")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".code-lines .wrong")).ToHaveTextAsync("5");

        await text.FillAsync("portal: 1\nname: [");
        await Assertions.Expect(visit.Page.Locator(".problems")).ToContainTextAsync("line 2");

        await text.FillAsync(Good);
        await Assertions.Expect(visit.Page.Locator(".problems")).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.GetByLabel("Grid points")).ToHaveValueAsync("64");
    }

    [Fact]
    public async Task A_bad_parameter_is_refused_at_its_field_and_the_plan_appears_when_all_is_right()
    {
        await using var visit = await StartAsync("values@example.org");
        await visit.OpenAsync("/runs/new");
        await visit.Page.GetByLabel("Description of the workflow, YAML").FillAsync(Good);
        await visit.Page.GetByLabel("Grid points").FillAsync("9999");
        await Assertions.Expect(visit.Page.Locator("#parameter-grid-error")).ToContainTextAsync("Give a number from 8 to 400.");
        await Assertions.Expect(visit.Page.Locator("#parameter-depth-error")).ToContainTextAsync("has no value");
        Assert.Empty(await Axe.LookAsync(visit.Page));

        await visit.Page.GetByLabel("Grid points").FillAsync("128");
        await visit.Page.GetByLabel("Depth").FillAsync("2.5");
        await Assertions.Expect(visit.Page.GetByTestId("plan")).ToContainTextAsync("Solve the tides");
        await Assertions.Expect(visit.Page.Locator(".field-error")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_before_it_travels()
    {
        await using var visit = await StartAsync("large@example.org");
        await visit.OpenAsync("/runs/new");
        await visit.Page.GetByLabel("Description of the workflow, YAML").FillAsync(Good);
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "large.yaml", MimeType = "text/yaml", Buffer = new byte[(1 << 20) + 1],
        });
        await Assertions.Expect(visit.Page.GetByText("FILE_TOO_LARGE")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Description of the workflow, YAML")).ToHaveValueAsync(new Regex("name: tides"));
    }

    [Fact]
    public async Task A_form_without_machine_and_token_is_not_sent_and_loses_nothing()
    {
        await using var visit = await StartAsync("empty@example.org");
        await visit.OpenAsync("/runs/new");
        await Assertions.Expect(visit.Page).ToHaveURLAsync(new Regex("form=[0-9a-f]{32}"));
        await visit.Page.GetByLabel("Description of the workflow, YAML").FillAsync(Good);
        await visit.Page.GetByLabel("Depth").FillAsync("2");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit run" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("MACHINE_NEEDED")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("#token-error")).ToContainTextAsync("needed");
        await Assertions.Expect(visit.Page.GetByLabel("Depth")).ToHaveValueAsync("2");
    }

    [Theory]
    [InlineData("/runs/0198a1b2c3d4e5f60718293a4b5c6d7e")]
    [InlineData("/runs/nonsense")]
    [InlineData("/runs/0198a1b2c3d4e5f60718293a4b5c6d7e/results/0")]
    [InlineData("/runs/0198a1b2c3d4e5f60718293a4b5c6d7e/crate.zip")]
    [InlineData("/runs/0198a1b2c3d4e5f60718293a4b5c6d7e/logs/solve/1/stdout")]
    public async Task What_one_may_not_see_does_not_exist(string path)
    {
        await using var visit = await StartAsync($"nobody{(uint)path.GetHashCode(StringComparison.Ordinal)}@example.org");
        var answer = await visit.Page.GotoAsync(path);
        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(visit.Page.GetByText("There is nothing here")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Nothing_shuts_people_out_and_nothing_overflows(ColorScheme scheme, int width)
    {
        await using var visit = await StartAsync($"wide-{scheme}-{width}@example.org", scheme, width);
        foreach (var path in new[] { "/", "/runs", "/runs/new" })
        {
            await visit.OpenAsync(path);
            Assert.Empty(await Axe.LookAsync(visit.Page));
            Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), path);
        }
        Assert.DoesNotContain(visit.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    private async Task<Visit> StartAsync(string mail, ColorScheme scheme = ColorScheme.Light, int width = 1440)
    {
        var visit = await Visit.StartAsync(await fixture.BrowserAsync(), (await fixture.SharedAsync(Cancel)).Address, scheme, width);
        await visit.RegisterAsync("Mary Shaw", mail);
        await visit.Page.Locator(".avatar").WaitForAsync();
        return visit;
    }
}
