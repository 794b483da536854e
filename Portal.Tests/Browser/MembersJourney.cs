using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures.Leaks;
using Given = Portal.Tests.Domain.Runs.Given;

namespace Portal.Tests.Browser;

/// <summary>Two people and a project: one asks the other in by a link, gives them a role, and takes them out again.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MembersJourney(BrowserFixture fixture) : IAsyncLifetime
{
    // The addresses of others are others'.
    private readonly string own = $"{Guid.NewGuid():n}";
    private PortalServer server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => server = await fixture.IdleAsync(Cancel);

    [Fact]
    public async Task A_person_is_invited_joins_looks_submits_and_is_removed()
    {
        await using var ada = await StartAsync();
        await ada.RegisterAsync("Ada Lovelace", $"ada-{own}@example.org");
        await ada.Page.Locator(".avatar").WaitForAsync();
        await ada.OpenAsync("/projects");
        await Button(ada, "New project").ClickAsync();
        await ada.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Tides");
        await Button(ada, "Make it").ClickAsync();
        await ada.Page.WaitForURLAsync(new Regex("/projects/[0-9a-f]{32}$"));
        var project = Id<Project>.Parse(ada.Page.Url[^32..]);
        var run = await SubmittedAsync(project);
        var link = await InviteAsync(ada, $"grace-{own}@example.org");

        await using var grace = await StartAsync();
        await grace.Page.GotoAsync(link);
        await Assertions.Expect(grace.Page.GetByText("You are invited to a project.")).ToBeVisibleAsync();
        Assert.DoesNotContain("portal_inv_", grace.Page.Url, StringComparison.Ordinal);
        await grace.Page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await grace.FillRegisterAsync("Grace Hopper", $"grace-{own}@example.org");
        await Assertions.Expect(grace.Page.GetByRole(AriaRole.Heading, new() { Name = "Join Tides?" })).ToBeVisibleAsync();
        await Assertions.Expect(grace.Page.Locator("main")).ToContainTextAsync("Ada Lovelace");
        Assert.Empty(await Axe.LookAsync(grace.Page));
        await Button(grace, "Accept").ClickAsync();
        await Button(grace, "Go to the project").ClickAsync();

        await grace.Page.WaitForURLAsync(new Regex("/$"));
        await grace.OpenAsync("/runs");
        await Assertions.Expect(grace.Page.GetByRole(AriaRole.Link, new() { Name = "Two steps" })).ToBeVisibleAsync();
        await Assertions.Expect(grace.Page.Locator(".page-actions a")).ToHaveCountAsync(0);
        await Assertions.Expect(ada.Page.GetByLabel("Role of Grace Hopper")).ToHaveValueAsync("Viewer");
        Assert.Empty(await Axe.LookAsync(ada.Page));
        await ada.Page.GetByLabel("Role of Ada Lovelace").SelectOptionAsync("Viewer");
        await Assertions.Expect(ada.Page.GetByText("This is the only owner of the project")).ToBeVisibleAsync();
        await Assertions.Expect(ada.Page.GetByLabel("Role of Ada Lovelace")).ToHaveValueAsync("Owner");
        await ada.Page.GetByLabel("Role of Grace Hopper").SelectOptionAsync("Submitter");
        // Without loading anything anew.
        await grace.Page.Locator(".page-actions").GetByRole(AriaRole.Link, new() { Name = "New run" }).ClickAsync();
        await Assertions.Expect(Button(grace, "Submit run")).ToBeVisibleAsync();

        await grace.OpenAsync($"/runs/{run}");
        await Assertions.Expect(grace.Page.GetByRole(AriaRole.Heading, new() { Name = "Two steps" })).ToBeVisibleAsync();
        await Button(ada, "Remove Grace Hopper").ClickAsync();
        await Button(ada, "Remove").ClickAsync();
        await Assertions.Expect(grace.Page.GetByText("There is nothing here")).ToBeVisibleAsync();
        foreach (var path in new[] { $"/runs/{run}", $"/projects/{project}" })
            Assert.Equal(404, (await grace.Page.GotoAsync(path))!.Status);
        await Assertions.Expect(ada.Page.GetByLabel("Role of Grace Hopper")).ToHaveCountAsync(0);

        await grace.Page.GotoAsync(link);
        await Assertions.Expect(grace.Page.GetByText("This invitation was answered already.")).ToBeVisibleAsync();
        Assert.DoesNotContain(link.Split("portal_inv_")[1], server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ada.Errors.Concat(grace.Errors),
            error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Nothing_shuts_people_out_and_nothing_overflows(ColorScheme scheme, int width)
    {
        await using var visit = await Visit.StartAsync(await fixture.BrowserAsync(), server.Address, scheme, width);
        await visit.RegisterAsync("Mary Shaw", $"mary-{own}@example.org");
        await visit.Page.Locator(".avatar").WaitForAsync();
        await visit.OpenAsync("/projects");
        await LookAsync(visit);
        await Button(visit, "New project").ClickAsync();
        await visit.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("A project whose name is rather long, as names are at times");
        await Button(visit, "Make it").ClickAsync();
        await visit.Page.WaitForURLAsync(new Regex("/projects/[0-9a-f]{32}$"));
        await InviteAsync(visit, "somebody-with-a-long-address@department.university.example.org");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Invitations" })).ToBeVisibleAsync();
        await LookAsync(visit);
        await visit.Page.Locator(".project-menu summary").ClickAsync();
        await LookAsync(visit);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<Visit> StartAsync() => await Visit.StartAsync(await fixture.BrowserAsync(), server.Address);

    // Asks somebody in, and gives the link that is shown.
    private static async Task<string> InviteAsync(Visit owner, string address)
    {
        await Button(owner, "Invite").ClickAsync();
        await owner.Page.GetByLabel("Who", new() { Exact = true }).FillAsync(address);
        await Button(owner, "Make the link").ClickAsync();
        var link = await owner.Page.GetByTestId("invitation-link").Locator("pre").InnerTextAsync();
        Secrets.Note("an invitation", link.Split('#')[1], SecretKind.Shown);
        Assert.Empty(await Axe.LookAsync(owner.Page));
        await Button(owner, "Done").ClickAsync();
        return link.Trim();
    }

    private static async Task LookAsync(Visit visit)
    {
        Assert.Empty(await Axe.LookAsync(visit.Page));
        Assert.True(await visit.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), visit.Page.Url);
    }

    private static ILocator Button(Visit visit, string name) =>
        visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    // A run of a project's, written by another node that shares the database.
    private async Task<Id<Run>> SubmittedAsync(Id<Project> project)
    {
        var run = new Id<Run>(Guid.CreateVersion7());
        var submitted = Given.Submitted with { RunId = run, ProjectId = project };
        await OtherNode.SubmitAsync(server.Places.Database, run, Cancel, submitted);
        return run;
    }
}
