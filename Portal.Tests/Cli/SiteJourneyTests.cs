using Portal.Tests.Fixtures;
using Portal.Tests.Rest;

namespace Portal.Tests.Cli;

/// <summary>A run on a real machine, by the command line.</summary>
public sealed class SiteJourneyTests(RunningPortalFixture portals, SiteFixture sites) : IDisposable
{
    private readonly CommandLine shell = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submit_watch_logs_and_download()
    {
        var portal = await portals.PortalAsync(Cancel);
        var site = await sites.SiteAsync(Cancel);
        var token = await RestClient.TokenAsync(portal, Cancel);
        using var program = RestClient.With(portal.Address, token);
        var environment = CommandLine.SignedIn(portal.Address, token);
        environment["PORTAL_SECURITY_TOKEN"] = (await Rest.SiteJourneyTests.MachineAsync(program, site)).Token;
        environment["PORTAL_ENDPOINT_PASSWORD"] = site.Facts.FtpPassword;
        Assert.Equal(0, (await shell.RunAsync("", environment, "machine", "test", "site")).ExitCode);
        await shell.RunAsync("", environment, "endpoint", "add", "data", site.Facts.FtpUrl, "--user", site.Facts.FtpUser);
        var watched = await shell.RunAsync("""
            portal: 1
            name: by-hand
            title: By hand
            steps:
              - { id: greet, command: echo good day | tee out.txt, resources: { time: 2m } }
            outputs:
              - { from: out.txt, to: "endpoint://data/by-hand/${{ run.id }}/out.txt" }
            """, environment, "run", "submit", "-m", "site", "-f", "-", "--watch");
        Assert.Contains("Succeeded after", watched.Text);
        var key = (await shell.RunAsync("", environment, "run", "list")).Text.Split('\n')[1].Split(' ')[0];
        Assert.Equal("good day\n", (await shell.RunAsync("", environment, "run", "logs", key)).Text);
        Assert.Equal("good day\n",
            (await shell.RunAsync("", environment, "run", "logs", key, "--step", "greet", "--follow")).Text);
        Assert.Contains("\"text\":\"good day\\n\"",
            (await shell.RunAsync("", environment, "run", "logs", key, "-o", "json")).Text);
        Assert.Contains("out.txt", (await shell.RunAsync("", environment, "run", "download", key, "--to", shell.Folder)).Text);
        Assert.Equal("good day\n", await File.ReadAllTextAsync(Path.Combine(shell.Folder, "out.txt"), Cancel));
    }

    public void Dispose() => shell.Dispose();
}
