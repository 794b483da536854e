using Portal.Tests.Fixtures;

namespace Portal.Tests.Site;

public class SiteUseTests(SiteFixture fixture)
{
    [Fact]
    public async Task A_login_starts_at_home_and_finds_the_cluster()
    {
        var site = await fixture.SiteAsync();
        using var login = await SiteLogin.CreateAsync(site);

        var outcome = await login.RunAsync("pwd; sbatch --parsable -W --comment=by-login --wrap true; sinfo -h -p main -o %a");

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

    [Fact]
    public async Task A_running_site_writes_inside_its_folder_and_listens_on_loopback_only()
    {
        var site = await fixture.SiteAsync();
        var pids = Directory.GetFiles(Path.Combine(site.Dir, "run"), "*.pid")
            .Where(file => !file.EndsWith(".own.pid", StringComparison.Ordinal))
            .Select(file => int.Parse(File.ReadAllText(file).Split(' ')[0]));

        var outside = pids.SelectMany(SiteProcesses.WrittenBy).Where(file =>
            !file.StartsWith(site.Dir + "/", StringComparison.Ordinal) && !file.StartsWith("/dev/", StringComparison.Ordinal));
        Assert.Empty(outside);

        var ports = File.ReadLines(Path.Combine(site.Dir, "etc", "ports"))
            .Select(line => int.Parse(line.Split(' ')[1])).ToList();
        var addresses = SiteProcesses.ListenersAt(ports);
        Assert.Equal(ports.Count, addresses.Count);
        Assert.All(addresses, address => Assert.EndsWith("7F", address));
    }
}
