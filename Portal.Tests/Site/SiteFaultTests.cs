using Portal.Tests.Fixtures;

namespace Portal.Tests.Site;

[Collection(nameof(SchedulerFaults))]
public class SiteFaultTests(FaultySite fixture)
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

    [Fact]
    public async Task A_stopped_part_comes_back_at_the_same_port_and_knows_its_queue()
    {
        var site = await fixture.SiteAsync();
        var job = (await site.RunAsync("sbatch --parsable -p maintenance --wrap true")).Text.Trim();

        await site.ControlAsync("stop", "slurmctld");
        Assert.NotEqual(0, (await DemoSite.ScriptAsync("status", [site.Dir])).ExitCode);
        await site.ControlAsync("start", "slurmctld");

        Assert.Equal(0, (await DemoSite.ScriptAsync("status", [site.Dir])).ExitCode);
        Assert.Equal(job, (await site.RunAsync($"squeue -h -j {job} -o %i; scancel {job}")).Text.Trim());
        Assert.Equivalent(site.Facts, SiteFacts.Read(site.Dir), strict: true);
    }
}
