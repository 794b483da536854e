using System.Diagnostics;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Site;

public class SiteLifeTests
{
    [Fact]
    public async Task Up_again_keeps_ports_and_history_and_down_leaves_no_process()
    {
        await using var site = await DemoSite.StartAsync();
        var job = (await site.RunAsync("sbatch --parsable --wait --comment=first --wrap true")).Text.Trim();
        await site.RunAsync("sbatch --export=NONE --wrap 'trap : TERM; sleep 600'; sbatch -p maintenance --wrap true");

        Assert.Equal(0, (await DemoSite.ScriptAsync("down", [site.Dir])).ExitCode);
        Assert.Empty(SiteProcesses.Of(site.Dir));

        Assert.Equal(0, (await DemoSite.ScriptAsync("up", [site.Dir])).ExitCode);
        Assert.Equivalent(site.Facts, SiteFacts.Read(site.Dir), strict: true);
        var history = await site.RunAsync($"sacct -X -n -p -j {job} -o JobID,State,Comment");
        Assert.Equal($"{job}|COMPLETED|first|", history.Text.Trim());
        Assert.Equal("PENDING", (await site.RunAsync("squeue -h -p maintenance -o %T")).Text.Trim());
    }

    [Fact]
    public async Task A_site_ends_with_the_process_it_was_started_for_and_takes_its_folder_along()
    {
        using var owner = Process.Start("sleep", "3600");
        var folder = Path.Combine(Path.GetTempPath(), "portal-site-" + Path.GetRandomFileName());
        Assert.Equal(0, (await DemoSite.ScriptAsync("up", ["--with-pid", $"{owner.Id}", folder])).ExitCode);
        var watch = File.ReadAllText(Path.Combine(folder, "run", "watch.pid")).Split(' ')[0];

        owner.Kill();
        await owner.WaitForExitAsync();
        await SiteCommand.RunAsync("tail", ["--pid", watch, "-f", "/dev/null"]);

        Assert.False(Directory.Exists(folder));
        Assert.Empty(SiteProcesses.Of(folder));
    }

    [Fact]
    public async Task A_small_disk_fills_up_for_logins_and_jobs()
    {
        await using var site = await DemoSite.StartAsync(small: "2m");
        using var login = await SiteLogin.CreateAsync(site);

        var full = await login.RunAsync($"cd {site.Facts.SmallFolder} && head -c 3000000 /dev/zero > x");
        Assert.Contains("No space left on device", full.Error);

        var job = await site.RunAsync(
            $"cd {site.Facts.SmallFolder} && sbatch --wait -o $HOME/o --wrap 'cat /etc/passwd > y'; cat $HOME/o");
        Assert.Contains("No space left on device", job.Output);
    }

    [Theory]
    [InlineData("/tmp/a site", "only letters")]
    [InlineData("", "which folder")]
    public async Task A_folder_that_cannot_work_is_refused_in_plain_words(string folder, string word)
    {
        var outcome = await DemoSite.ScriptAsync("up", [folder]);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(word, outcome.Error);
        Assert.False(folder.Length > 0 && Directory.Exists(folder));
    }

    [Fact]
    public async Task A_folder_with_something_else_in_it_is_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("portal-notasite-");
        File.WriteAllText(Path.Combine(folder.FullName, "precious"), "x");
        var outcome = await DemoSite.ScriptAsync("down", ["--remove", folder.FullName]);
        Assert.Equal(1, outcome.ExitCode);
        Assert.True(File.Exists(Path.Combine(folder.FullName, "precious")));
        folder.Delete(recursive: true);
    }
}
