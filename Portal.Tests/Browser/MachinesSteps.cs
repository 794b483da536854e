using Microsoft.Playwright;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Browser;

/// <summary>The steps of setting up a machine, as a person does them.</summary>
public sealed class MachinesSteps(Visit visit, DemoSite site)
{
    public IPage Page => visit.Page;

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Field(string label) => Page.GetByLabel(label, new() { Exact = true });

    public ILocator Check(string step, bool ok) => Page.Locator($"[data-step={step}][data-ok={(ok ? "true" : "false")}]");

    /// <summary>Details typed and saved; ends where the host key is shown.</summary>
    public async Task DescribeAsync(string name, string? jumpHost = null)
    {
        await visit.OpenAsync("/machines/new");
        await Field("Name").FillAsync(name);
        await Field("Host").FillAsync($"{site.Facts.User}@{site.Facts.Host}:{site.Facts.SshPort}");
        await Field("Work folder").FillAsync(site.Facts.Workdir);
        if (jumpHost is not null)
        {
            await Page.GetByText("More: folders for software and data").ClickAsync();
            await Page.Locator("#jump-hosts").FillAsync(jumpHost);
        }
        await Button("Go on to the host key").ClickAsync();
        await Assertions.Expect(Page.GetByText("Is this the right machine?")).ToBeVisibleAsync();
    }

    /// <summary>The host key confirmed and a key made; ends with the token on the page.</summary>
    public async Task<(string Token, string PublicKey)> MakeKeyAsync()
    {
        await Button("Confirm the host key").ClickAsync();
        await Button("Make a key").ClickAsync();
        var token = Secrets.Note("a security token", await Page.Locator(".secret-value code").InnerTextAsync(), SecretKind.Shown);
        var key = await Page.GetByTestId("public-key").Locator("pre").TextContentAsync();
        return (token, key!.Trim());
    }

    /// <summary>The token is said to be stored; ends before the test.</summary>
    public async Task StoreAsync()
    {
        await Page.GetByLabel("I have stored it").CheckAsync();
        await Button("Go on to the test").ClickAsync();
        await Assertions.Expect(Button("Test the connection")).ToBeVisibleAsync();
    }

    /// <summary>The token is said to be stored; ends where the host key behind the jump host is shown and confirmed.</summary>
    public async Task PassAsync(string machineKey)
    {
        await Page.GetByLabel("I have stored it").CheckAsync();
        await Button("Go on behind the jump host").ClickAsync();
        await Assertions.Expect(Page.Locator(".fingerprints").Last).ToContainTextAsync(machineKey);
        Assert.Empty(await Axe.LookAsync(Page));
        await Button("Confirm the host key").ClickAsync();
        await Assertions.Expect(Button("Test the connection")).ToBeVisibleAsync();
    }

    /// <summary>Everything up to a test that passed.</summary>
    public async Task<string> SetUpAsync(string name, CancellationToken cancel)
    {
        await DescribeAsync(name);
        var (token, key) = await MakeKeyAsync();
        await site.AuthorizeAsync(key, cancel);
        await StoreAsync();
        await Button("Test the connection").ClickAsync();
        await Assertions.Expect(Page.GetByText($"{name} is ready.")).ToBeVisibleAsync();
        return token;
    }
}
