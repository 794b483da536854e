using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Given = Portal.Tests.Domain.Runs.Given;

namespace Portal.Tests.Browser;

/// <summary>An owner says what is to be looked at, is told of runs that wait, and decides about them.</summary>
[Collection(SecondBrowserCollection.Name)]
public sealed class ApprovalsJourney(BrowserFixture fixture) : IAsyncLifetime
{
    private const string Before = "portal: 1\nname: two\ntitle: Two steps\nsteps:\n  - { id: a, command: \"true\" }\n";
    private const string After = "portal: 1\nname: two\ntitle: Two steps\nsteps:\n  - { id: a, command: \"curl example.org\" }\n";

    private PortalServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await fixture.IdleAsync(Cancel);

    [Fact]
    public async Task An_owner_makes_the_rules_is_told_of_what_waits_and_decides()
    {
        await using var ada = await SignUpAsync();
        var project = await ProjectAsync(ada);
        await RulesAsync(ada);
        await WaitingAsync(project, new(Guid.CreateVersion7()), Before, approved: true);

        await ada.OpenAsync("/approvals");
        await Assertions.Expect(ada.Page.GetByText("Nothing waits for you")).ToBeVisibleAsync();
        var badge = ada.Page.Locator(".places").GetByTestId("approvals-waiting");
        await Assertions.Expect(badge).ToHaveCountAsync(0);
        // Without loading anything anew.
        var run = await WaitingAsync(project, new(Guid.CreateVersion7()), After);
        await Assertions.Expect(badge).ToContainTextAsync("1");
        await Assertions.Expect(ada.Page.GetByText("new code, over the budget")).ToBeVisibleAsync();
        Assert.Empty(await Axe.LookAsync(ada.Page));
        await ada.Page.GetByRole(AriaRole.Link, new() { Name = "Look at Two steps" }).ClickAsync();

        await Assertions.Expect(ada.Page).ToHaveURLAsync(new Regex($"/runs/{run}$"));
        var box = ada.Page.GetByTestId("approval");
        await Assertions.Expect(box).ToContainTextAsync("What it runs was neither approved nor run in this project before.");
        await Assertions.Expect(box.Locator(".diff .added")).ToContainTextAsync("curl example.org");
        await Assertions.Expect(box.Locator(".diff .gone")).ToHaveCountAsync(1);
        Assert.Empty(await Axe.LookAsync(ada.Page));
        await box.GetByLabel("Comment").FillAsync("I know that address.");
        await Button(ada, "Approve").ClickAsync();
        await Assertions.Expect(box).ToHaveCountAsync(0);
        await Assertions.Expect(badge).ToHaveCountAsync(0);
        await ada.OpenAsync($"/runs/{run}?tab=about");
        var about = ada.Page.GetByRole(AriaRole.Region, new() { Name = "Approval" });
        await Assertions.Expect(about).ToContainTextAsync("Approved by Ada Lovelace");
        await Assertions.Expect(about).ToContainTextAsync("I know that address.");
        Assert.Empty(await Axe.LookAsync(ada.Page));

        var unwanted = await WaitingAsync(project, new(Guid.CreateVersion7()), After + " ");
        await ada.OpenAsync($"/runs/{unwanted}");
        await Button(ada, "Refuse").ClickAsync();
        await Assertions.Expect(ada.Page.GetByText("The run is refused and ends.")).ToBeVisibleAsync();
        await Assertions.Expect(badge).ToHaveCountAsync(0);
        Assert.DoesNotContain(ada.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Nothing_shuts_people_out_and_nothing_overflows(ColorScheme scheme, int width)
    {
        await using var visit = await SignUpAsync(scheme, width);
        await visit.OpenAsync("/projects");
        var personal = await visit.Page.Locator("main a[href^='/projects/']").First.GetAttributeAsync("href");
        var mary = Id<User>.Parse(personal![^32..]);
        var project = await ProjectAsync(visit);
        await LookAsync(visit);
        var run = await WaitingAsync(project, mary, After);
        await visit.OpenAsync("/approvals");
        await Assertions.Expect(visit.Page.GetByText("over the budget")).ToBeVisibleAsync();
        await LookAsync(visit);
        await visit.OpenAsync($"/runs/{run}");
        // Nobody else could approve it.
        await Assertions.Expect(Button(visit, "Approve")).ToBeVisibleAsync();
        await LookAsync(visit);
        await visit.OpenAsync($"/runs/{run}?tab=about");
        await LookAsync(visit);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<Visit> SignUpAsync(ColorScheme scheme = ColorScheme.Light, int width = 1440)
    {
        var visit = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address, scheme, width);
        await visit.RegisterAsync("Ada Lovelace", $"ada-{Guid.NewGuid():n}@example.org");
        await visit.Page.Locator(".avatar").WaitForAsync();
        return visit;
    }

    private static async Task<Id<Project>> ProjectAsync(Visit visit)
    {
        await visit.OpenAsync("/projects");
        await Button(visit, "New project").ClickAsync();
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Tides");
        await Button(visit, "Make it").ClickAsync();
        await visit.Page.WaitForURLAsync(new Regex("/projects/[0-9a-f]{32}$"));
        await Assertions.Expect(visit.Page.GetByTestId("approval-rules")).ToBeVisibleAsync();
        return Id<Project>.Parse(visit.Page.Url[^32..]);
    }

    // What cannot be is refused at its field; then what is wanted is kept.
    private static async Task RulesAsync(Visit owner)
    {
        var rules = owner.Page.GetByTestId("approval-rules");
        await rules.GetByLabel("Code").SelectOptionAsync("New");
        await rules.GetByLabel("Core hours").FillAsync("many");
        await Button(owner, "Save the rules").ClickAsync();
        await Assertions.Expect(owner.Page.Locator("#rule-hours-error")).ToContainTextAsync("a whole number");
        await rules.GetByLabel("Core hours").FillAsync("100");
        await Button(owner, "Save the rules").ClickAsync();
        var says = owner.Page.GetByText("Somebody is asked about new code, more than 100 core hours.");
        await Assertions.Expect(says).ToBeVisibleAsync();
        Assert.Empty(await Axe.LookAsync(owner.Page));
    }

    private async Task<Id<Run>> WaitingAsync(Id<Project> project, Id<User> submitter, string text, bool approved = false)
    {
        var run = new Id<Run>(Guid.CreateVersion7());
        var request = Given.Submitted with { RunId = run, ProjectId = project, SubmittedBy = submitter, Description = text };
        var hash = CodeHash.Of(request, new('f', 64));
        await OtherNode.SubmitAsync(server.Places.Database, run, Cancel,
        [
            request, new ApprovalDemanded(run, new(CodeRule.New, false, 100, false)),
            new CodeResolved(run, "https://git.example.org/r.git", "main", new('c', 40)),
            new CodeFetched(run, new('c', 40), null, "t0", 3, 300, hash.Files), new PhaseEntered(run, Phase.AwaitingApproval),
            new ApprovalAsked(run, hash.Hash, hash.Scripts, hash.Files, [ApprovalReason.NewCode, ApprovalReason.Budget], 2048),
            .. approved ? [new RunApproved(run, hash.Hash, submitter, false, null)] : Array.Empty<object>(),
        ]);
        return run;
    }

    private static async Task LookAsync(Visit visit)
    {
        Assert.Empty(await Axe.LookAsync(visit.Page));
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), visit.Page.Url);
    }

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
}
