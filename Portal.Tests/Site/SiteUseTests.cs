using Portal.Tests.Fixtures;

namespace Portal.Tests.Site;

public class SiteUseTests(SiteFixture fixture)
{
    [Fact]
    public async Task A_login_starts_at_home_and_finds_the_cluster()
    {
        var site = await fixture.SiteAsync();
        using var login = await SiteLogin.CreateAsync(site);

        var outcome = await login.RunAsync("pwd; sbatch --parsable --wait --comment=by-login --wrap true; sinfo -h -p main -o %a");

        var lines = outcome.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("", outcome.Error);
        Assert.Equal(site.Facts.Home, lines[0]);
        Assert.Equal("up", lines[2]);
        Assert.Equal("by-login", (await login.RunAsync($"sacct -X -n -P -j {lines[1]} -o Comment")).Text.Trim());
    }

    [Theory]
    [InlineData("--account=nobody", "Invalid account")]
    [InlineData("--partition=nowhere", "invalid partition")]
    [InlineData("--partition=short --time=20", "time limit is invalid")]
    public async Task The_scheduler_refuses_with_a_reason(string options, string reason)
    {
        var outcome = await (await fixture.SiteAsync()).RunAsync($"sbatch {options} --wrap true");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error);
    }

    [Fact]
    public async Task The_data_server_gives_inputs_takes_results_and_resumes()
    {
        var facts = (await fixture.SiteAsync()).Facts;
        string[] who = ["-sS", "--user", $"{facts.FtpUser}:{facts.FtpPassword}"];
        var cases = await SiteCommand.RunAsync("curl", [.. who, $"{facts.FtpUrl}/heat-sweep/inputs/cases.csv"]);
        Assert.Equal(File.ReadAllText(Repository.PathOf("examples", "heat-sweep", "inputs", "cases.csv")), cases.Text);

        var target = $"{facts.FtpUrl}/site-use/half.txt";
        _ = (await SiteCommand.RunAsync("curl", [.. who, "--ftp-create-dirs", "-T", "-", target], "first ")).Text;
        _ = (await SiteCommand.RunAsync("curl", [.. who, "--append", "-T", "-", target], "second")).Text;
        Assert.Equal("second", (await SiteCommand.RunAsync("curl", [.. who, "-C", "6", target])).Text);

        var outside = await SiteCommand.RunAsync("curl", [.. who, $"{facts.FtpUrl}/%2Fetc/passwd"]);
        Assert.NotEqual(0, outside.ExitCode);
    }

    [Fact]
    public async Task The_registry_gives_one_folder_without_the_rest()
    {
        var facts = (await fixture.SiteAsync()).Facts;
        var folder = Directory.CreateTempSubdirectory("portal-clone-");
        _ = (await SiteCommand.RunAsync(
            "git", ["clone", "-q", "--filter=blob:none", "--sparse", facts.GitUrl, folder.FullName])).Text;
        _ = (await SiteCommand.RunAsync("git", ["-C", folder.FullName, "sparse-checkout", "set", "heat-sweep"])).Text;

        Assert.True(File.Exists(Path.Combine(folder.FullName, "heat-sweep", "code", "solve.awk")));
        Assert.False(Directory.Exists(Path.Combine(folder.FullName, "ocean-tides")));
        var bytes = folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Assert.InRange(bytes, 1, 1_000_000);
        folder.Delete(recursive: true);
    }
}

[Collection(nameof(SiteFaults))]
public class SiteFaultTests(SiteFixture fixture)
{
    [Fact]
    public async Task A_fake_program_and_a_login_hook_last_until_they_are_undone()
    {
        var site = await fixture.SiteAsync();
        using var login = await SiteLogin.CreateAsync(site);

        await using (await site.FakeAsync("sbatch", "#!/bin/sh\n/usr/bin/sbatch \"$@\"\nexit 255\n"))
        await using (await site.LoginHookAsync("echo Welcome; ulimit -f 0\n"))
        {
            var outcome = await login.RunAsync("sbatch --parsable --wrap true; echo $?; echo full > file || echo refused");
            Assert.StartsWith("Welcome\n", outcome.Output);
            Assert.Contains("\n255\n", outcome.Output);
            Assert.DoesNotContain("full", (await site.RunAsync("cat file 2>&1; rm -f file")).Output.Replace("file", ""));
        }

        Assert.Equal("0\n", (await login.RunAsync("sbatch --parsable --wrap true >&2; echo $?")).Output);
    }

    [Fact]
    public async Task A_paused_scheduler_hangs_and_then_goes_on()
    {
        var site = await fixture.SiteAsync();
        await site.ControlAsync("pause", "slurmctld");
        var waiting = site.RunAsync("sbatch --parsable --wrap true");
        Assert.Contains("slurmctld  paused", (await DemoSite.ScriptAsync("status", [site.Dir])).Output);
        Assert.False(waiting.IsCompleted);
        await site.ControlAsync("resume", "slurmctld");
        Assert.NotEmpty((await waiting).Text);
    }
}
