using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>What cannot heal by itself holds a run, with the cause in plain words; it goes on by itself when the cause clears.</summary>
[Collection(nameof(SiteFaults))]
public sealed class HoldTests(PostgresFixture postgres, SiteFixture fixture) : IAsyncLifetime
{
    private PortalGround ground = null!;
    private string? gate;

    public async ValueTask InitializeAsync() => ground = await PortalGround.StartAsync(postgres, await fixture.SiteAsync());

    public ValueTask DisposeAsync() => ground?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_lease_taken_back_waits_for_the_token()
    {
        var run = await RunningAsync();
        PortalGround.Ok(await ground.Get<RevokeLeaseHandler>().HandleAsync(ground.Caller, run, default));
        await HeldAsync(run, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        PortalGround.Ok(await ground.Get<GiveTokenHandler>().HandleAsync(ground.Caller, new(run, ground.Token), default));
        await OnceAsync(run);
    }

    [Fact]
    public async Task A_lease_that_ran_out_waits_for_the_token()
    {
        var run = await RunningAsync();
        PortalGround.Ok(await ground.Get<GiveTokenHandler>().HandleAsync(ground.Caller, new(run, ground.Token, TimeSpan.FromSeconds(2)), default));
        await ground.UntilAsync(run, fact => fact is LeaseEnded { Reason: "expired" });
        await HeldAsync(run, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        PortalGround.Ok(await ground.Get<GiveTokenHandler>().HandleAsync(ground.Caller, new(run, ground.Token), default));
        await OnceAsync(run);
    }

    [Fact]
    public async Task A_key_replaced_by_another_waits_for_the_new_token()
    {
        var run = await RunningAsync();
        var old = ground.Token;
        await ground.NewKeyAsync();
        await HeldAsync(run, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        Assert.False((await ground.Get<GiveTokenHandler>().HandleAsync(ground.Caller, new(run, old), default)).Ok);
        PortalGround.Ok(await ground.Get<GiveTokenHandler>().HandleAsync(ground.Caller, new(run, ground.Token), default));
        await OnceAsync(run);
    }

    [Fact]
    public async Task A_changed_host_key_stops_everything_until_it_is_pinned()
    {
        var facts = ground.Site.Facts;
        var key = $"{facts.Dir}/etc/ssh_host_ed25519_key";
        var run = await RunningAsync();
        await CutAsync();
        await ground.Site.RunAsync($"mv {key} {key}.old && mv {key}.pub {key}.pub.old && ssh-keygen -q -t ed25519 -N '' -f {key}");
        try
        {
            await ground.Site.ControlAsync("start", "sshd");
            await HeldAsync(run, Hold.Blocked, FailureName.HostKeyChanged);
            Assert.Contains(await MachineFactsAsync(), fact => fact is HostKeyChanged);
            Assert.False((await ground.TrySubmitAsync(Workflows.Step("true"), new(Guid.CreateVersion7()))).Ok);
            await ground.PinAsync(ground.Machine);
            await OnceAsync(run);
        }
        finally
        {
            await CutAsync();
            await ground.Site.RunAsync($"mv -f {key}.old {key} && mv -f {key}.pub.old {key}.pub");
            await ground.Site.ControlAsync("start", "sshd");
        }
    }

    [Fact]
    public async Task A_login_node_that_is_away_holds_the_run_until_it_is_back()
    {
        var run = await RunningAsync();
        await CutAsync();
        try
        {
            await HeldAsync(run, Hold.Blocked, FailureName.Unreachable);
        }
        finally
        {
            await ground.Site.ControlAsync("start", "sshd");
        }
        await OnceAsync(run);
    }

    [Fact]
    public async Task Connections_that_are_cut_are_made_anew()
    {
        var run = await ground.SubmitAsync(Workflows.Whole(ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}", seconds: 3));
        foreach (var phase in new[] { Phase.FetchingInputs, Phase.StagingIn, Phase.Running, Phase.Uploading })
        {
            await ground.UntilAsync(run, fact => PortalGround.IsEnd(fact) || (fact is PhaseEntered entered && entered.Phase == phase));
            await ground.Site.ControlAsync("drop", "sshd");
        }
        await OnceAsync(run);
    }

    [Fact]
    public async Task A_held_job_is_told_in_plain_words_and_goes_on_when_released()
    {
        var run = await ground.SubmitAsync(Workflows.Step("true", "time: 5m, partition: maintenance"));
        var job = (JobSubmitted)(await ground.UntilAsync(run, fact => fact is JobSubmitted))[^1];
        await ground.Site.RunAsync($"scontrol hold {job.JobId}");
        var held = await HeldAsync(run, Hold.Blocked, FailureName.CouldNotStart);
        Assert.Contains("held", held.Message, StringComparison.OrdinalIgnoreCase);
        await ground.Site.RunAsync($"scontrol update jobid={job.JobId} partition=main && scontrol release {job.JobId}");
        await OnceAsync(run);
    }

    // Runs until it is told to end.
    private async Task<Id<Run>> RunningAsync()
    {
        gate = await ground.Site.FolderAsync("gate") + "/go";
        await ground.Site.RunAsync($"mkfifo {gate}");
        var run = await ground.SubmitAsync(Workflows.Step($"cat {gate}"));
        await ground.UntilAsync(run, fact => fact is JobObserved { State: "running" });
        return run;
    }

    private async Task<Failure> HeldAsync(Id<Run> run, Hold hold, FailureName name)
    {
        var facts = await ground.UntilAsync(run, fact => PortalGround.IsEnd(fact) || (fact is RunHeld held && held.Hold == hold && held.Failure.Name == name));
        return Assert.IsType<RunHeld>(facts[^1]).Failure;
    }

    private async Task OnceAsync(Id<Run> run)
    {
        if (gate is not null) await ground.Site.RunAsync($"echo > {gate}");
        await ground.SucceededAsync(run);
        Assert.Single(await ground.JobsAsync(run));
    }

    // Ends every connection and the daemon, with no moment in between in which another could be made.
    private async Task CutAsync()
    {
        foreach (var action in new[] { "pause", "drop", "kill" }) await ground.Site.ControlAsync(action, "sshd");
    }

    private async Task<IReadOnlyList<object>> MachineFactsAsync()
    {
        var facts = new List<object>();
        await foreach (var recorded in ground.Get<IEventStore>().ReadStreamAsync(Ledger.StreamOf<Machine>(ground.Machine.Value), 1, null, default))
            facts.Add(recorded.Body);
        return facts;
    }
}
