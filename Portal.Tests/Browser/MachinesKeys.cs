using Microsoft.Playwright;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Browser;

/// <summary>What becomes of a person's key: replaced, revoked; and a machine that is retired.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MachinesKeys(BrowserFixture fixture, SiteFixture sites)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_replaced_and_revoked_and_the_machine_retired()
    {
        await using var visit = await Visit.StartAsync(await fixture.BrowserAsync(), (await fixture.SharedAsync(Cancel)).Address);
        await visit.RegisterAsync("Ada Lovelace", $"ada-{Guid.NewGuid():n}@example.org");
        await Assertions.Expect(visit.Page.Locator("summary", new() { HasText = "Ada Lovelace" })).ToBeVisibleAsync();
        var steps = new MachinesSteps(visit, await sites.SiteAsync(Cancel));
        var first = await steps.SetUpAsync("lumen", Cancel);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Look at the machine" }).ClickAsync();

        await steps.Button("Replace").ClickAsync();
        await steps.Button("Replace it").ClickAsync();
        await steps.Button("Make another key").ClickAsync();
        var second = Secrets.Note("a security token", await visit.Page.Locator(".secret-value code").InnerTextAsync(), SecretKind.Shown);
        Assert.NotEqual(first, second);
        await visit.Page.GetByLabel("I have stored it").CheckAsync();
        await steps.Button("Go on to the test").ClickAsync();

        await steps.Button("Test now").ClickAsync();
        await steps.Field("Security token").FillAsync(first);
        await steps.Button("Test the connection").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#security-token-error")).ToBeVisibleAsync();

        await steps.Button("Revoke").ClickAsync();
        await steps.Button("Revoke it").ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("You have no key for this machine.")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".page-title .badge")).ToHaveTextAsync("Key needed");

        await steps.Button("Retire").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Retire" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByText("This machine is retired")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".history")).ToContainTextAsync("Your key was replaced by another");
    }

    [Fact]
    public async Task A_machine_of_somebody_else_does_not_exist()
    {
        await using var owner = await Visit.StartAsync(await fixture.BrowserAsync(), (await fixture.SharedAsync(Cancel)).Address);
        await owner.RegisterAsync("Ada Lovelace", $"ada-{Guid.NewGuid():n}@example.org");
        await Assertions.Expect(owner.Page.Locator("summary", new() { HasText = "Ada Lovelace" })).ToBeVisibleAsync();
        await new MachinesSteps(owner, await sites.SiteAsync(Cancel)).DescribeAsync("aurora");
        var address = new Uri(owner.Page.Url).AbsolutePath;

        await using var other = await Visit.StartAsync(await fixture.BrowserAsync(), owner.Address);
        await other.RegisterAsync("Alan Turing", $"alan-{Guid.NewGuid():n}@example.org");
        await Assertions.Expect(other.Page.Locator("summary", new() { HasText = "Alan Turing" })).ToBeVisibleAsync();
        var answer = await other.Page.GotoAsync(address);
        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(other.Page.GetByText("There is nothing here")).ToBeVisibleAsync();
    }
}
