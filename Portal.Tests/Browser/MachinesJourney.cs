using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Tests.Fixtures;
using Portal.Tests.Jobs.Sites;

namespace Portal.Tests.Browser;

/// <summary>
/// Machines on the real demo site: from an address to a test that passed, and what is said when something is not right.
/// </summary>
[Collection(BrowserCollection.Name)]
public sealed class MachinesJourney(BrowserFixture fixture, SiteFixture sites)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_machine_is_set_up_from_its_address_to_a_test_that_passed()
    {
        var site = await sites.SiteAsync(Cancel);
        await using var visit = await StartAsync();
        var steps = new MachinesSteps(visit, site);
        await steps.DescribeAsync("aurora");
        await Assertions.Expect(visit.Page.GetByTestId("host-keys").Locator(".fingerprints code"))
            .ToHaveTextAsync(new Regex("^SHA256:.{43}$"));

        var (_, key) = await steps.MakeKeyAsync();
        await Assertions.Expect(visit.Page.GetByTestId("install-command"))
            .ToContainTextAsync($"echo '{key}' >> ~/.ssh/authorized_keys");
        await Assertions.Expect(steps.Button("Go on to the test")).ToBeDisabledAsync();
        Assert.Empty(await Axe.LookAsync(visit.Page));
        await steps.StoreAsync();

        await steps.Button("Test the connection").ClickAsync();
        await Assertions.Expect(steps.Check("host-key", ok: true)).ToBeVisibleAsync();
        await Assertions.Expect(steps.Check("login", ok: false)).ToContainTextAsync("refused the login");
        await Assertions.Expect(steps.Check("login", ok: false)).ToContainTextAsync("authorized_keys");

        await site.AuthorizeAsync(key, Cancel);
        await steps.Button("Test again").ClickAsync();
        await Assertions.Expect(steps.Check("scheduler", ok: true)).ToContainTextAsync("slurm");
        await Assertions.Expect(visit.Page.GetByText("aurora is ready.")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "New run", Exact = true }).Last)
            .ToHaveAttributeAsync("href", new Regex("/runs/new\\?machine="));

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Look at the machine" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".history li")).ToHaveCountAsync(5);
        await Assertions.Expect(visit.Page.Locator(".page-title .badge")).ToHaveTextAsync("Ready");
        Assert.Empty(await Axe.LookAsync(visit.Page));
        await visit.OpenAsync("/machines?state=Ready&q=auro");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "aurora" })).ToBeVisibleAsync();
        Assert.DoesNotContain(visit.Errors, error => error.Contains("Content Security Policy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_machine_behind_a_jump_host_is_set_up_hop_by_hop()
    {
        await using var gate = new SshdFixture();
        await gate.InitializeAsync();
        var site = await sites.SiteAsync(Cancel);
        await using var visit = await StartAsync();
        var steps = new MachinesSteps(visit, site);
        await steps.DescribeAsync("borealis", $"{Environment.UserName}@127.0.0.1:{gate.Port}");
        await Assertions.Expect(visit.Page.Locator(".fingerprints code")).ToHaveTextAsync(gate.Address.HostKeys[0].Fingerprint);
        await Assertions.Expect(visit.Page.GetByTestId("host-keys")).ToContainTextAsync("can be seen once its host key is confirmed");

        var (_, key) = await steps.MakeKeyAsync();
        await gate.AuthorizeAsync(key);
        await site.AuthorizeAsync(key, Cancel);
        var published = Portal.Jobs.Sites.OpenSsh.HostKeyScan.Fingerprint(Convert.FromBase64String(site.Facts.HostKey.Split(' ')[1]));
        await steps.PassAsync(published);
        await steps.Button("Test the connection").ClickAsync();
        await Assertions.Expect(steps.Check("reach", ok: true)).ToContainTextAsync("The jump host 127.0.0.1");
        await Assertions.Expect(visit.Page.GetByText("borealis is ready.")).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Look at the machine" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator(".history")).ToContainTextAsync("Host key confirmed of the jump host");
        Assert.Empty(await Axe.LookAsync(visit.Page));
    }

    [Fact]
    public async Task Wrong_details_are_named_at_their_fields_and_change_nothing()
    {
        await using var visit = await StartAsync();
        var steps = new MachinesSteps(visit, await sites.SiteAsync(Cancel));
        await visit.OpenAsync("/machines/new");
        await steps.Field("Name").FillAsync(new string('a', 300));
        await steps.Field("Host").FillAsync("login; rm -rf /");
        await steps.Field("Port").FillAsync("99999");
        await steps.Field("Work folder").FillAsync("scratch");
        await steps.Button("Go on to the host key").ClickAsync();

        await Assertions.Expect(visit.Page.Locator("#name-error")).ToContainTextAsync("at most 80");
        await Assertions.Expect(visit.Page.Locator("#host-error")).ToContainTextAsync("letters, digits");
        await Assertions.Expect(visit.Page.Locator("#port-error")).ToContainTextAsync("1 to 65535");
        await Assertions.Expect(visit.Page.Locator("#work-folder-error")).ToContainTextAsync("begins with a slash");
        await visit.OpenAsync("/machines");
        await Assertions.Expect(visit.Page.GetByText("No machines yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Another_published_fingerprint_keeps_the_host_key_from_being_confirmed()
    {
        await using var visit = await StartAsync();
        var steps = new MachinesSteps(visit, await sites.SiteAsync(Cancel));
        await steps.DescribeAsync("aurora");
        var shown = await visit.Page.Locator(".fingerprints code").InnerTextAsync();

        var published = visit.Page.GetByLabel("Published fingerprint");
        await published.FillAsync("SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        await Assertions.Expect(visit.Page.Locator("#published-error")).ToContainTextAsync("do not confirm it");
        await Assertions.Expect(steps.Button("Confirm the host key")).ToBeDisabledAsync();

        await published.FillAsync(shown);
        await Assertions.Expect(visit.Page.GetByText("It is the same, letter by letter.")).ToBeVisibleAsync();
        await Assertions.Expect(steps.Button("Confirm the host key")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_machine_that_does_not_answer_is_said_so_and_its_details_can_be_changed()
    {
        await using var visit = await StartAsync();
        var steps = new MachinesSteps(visit, await sites.SiteAsync(Cancel));
        await visit.OpenAsync("/machines/new");
        await steps.Field("Name").FillAsync("nowhere");
        await steps.Field("Host").FillAsync("ada@127.0.0.1:1");
        await steps.Field("Host").BlurAsync();
        await Assertions.Expect(steps.Field("User")).ToHaveValueAsync("ada");
        await steps.Field("Work folder").FillAsync("/scratch");
        await steps.Button("Go on to the host key").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("main [role=alert]")).ToContainTextAsync("MACHINE_UNREACHABLE");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Change the details" }).ClickAsync();
        await Assertions.Expect(steps.Field("Port")).ToHaveValueAsync("1");
    }

    [Fact]
    public async Task A_token_that_is_wrong_or_cut_is_refused_at_its_field()
    {
        await using var visit = await StartAsync();
        var steps = new MachinesSteps(visit, await sites.SiteAsync(Cancel));
        await steps.DescribeAsync("aurora");
        var (token, _) = await steps.MakeKeyAsync();
        await steps.StoreAsync();
        await Assertions.Expect(steps.Field("Security token")).ToHaveValueAsync(token);

        await visit.Page.ReloadAsync();
        await visit.LiveAsync();
        await Assertions.Expect(steps.Field("Security token")).ToHaveValueAsync("");
        await steps.Field("Security token").FillAsync(token[..^4]);
        await steps.Button("Test the connection").ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#security-token-error")).ToContainTextAsync("a part of it is missing");
        Assert.DoesNotContain(token, await visit.Page.ContentAsync());
    }

    [Fact]
    public async Task A_changed_host_key_stops_the_machine_until_a_person_confirms_anew()
    {
        await using var site = await DemoSite.StartAsync(cancel: Cancel);
        await using var visit = await StartAsync();
        var steps = new MachinesSteps(visit, site);
        var token = await steps.SetUpAsync("helix", Cancel);
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Look at the machine" }).ClickAsync();

        var file = $"{site.Dir}/etc/ssh_host_ed25519_key";
        _ = (await site.RunAsync($"rm -f {file} {file}.pub && ssh-keygen -q -t ed25519 -N '' -f {file}", cancel: Cancel)).Text;
        await site.ControlAsync("stop", "sshd", Cancel);
        await site.ControlAsync("start", "sshd", Cancel);

        await steps.Button("Test now").ClickAsync();
        await steps.Field("Security token").FillAsync(token);
        await steps.Button("Test the connection").ClickAsync();
        var alarm = visit.Page.GetByTestId("host-key-alarm");
        await Assertions.Expect(alarm).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".page-title .badge")).ToHaveTextAsync("Host key changed");

        await alarm.GetByRole(AriaRole.Button, new() { Name = "Look at the key that answers now" }).ClickAsync();
        await Assertions.Expect(alarm.Locator(".fingerprints code")).ToBeVisibleAsync();
        Assert.Empty(await Axe.LookAsync(visit.Page));
        await alarm.GetByRole(AriaRole.Button, new() { Name = "Confirm the host key" }).ClickAsync();
        await Assertions.Expect(alarm).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.Locator(".history")).ToContainTextAsync("Another host key was seen");
    }

    private async Task<Visit> StartAsync()
    {
        var visit = await Visit.StartAsync(await fixture.BrowserAsync(), (await fixture.SharedAsync(Cancel)).Address);
        await visit.RegisterAsync("Ada Lovelace", $"ada-{Guid.NewGuid():n}@example.org");
        await Assertions.Expect(visit.Page.Locator("summary", new() { HasText = "Ada Lovelace" })).ToBeVisibleAsync();
        return visit;
    }
}
