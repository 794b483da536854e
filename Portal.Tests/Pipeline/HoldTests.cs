using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>What cannot heal by itself holds a run, with the cause in plain words; it goes on by itself when the cause clears.</summary>
[Collection(nameof(SchedulerFaults))]
public sealed class HoldTests(PostgresFixture postgres, FaultySite fixture) : PipelineTest(postgres, fixture)
{
    [Fact]
    public async Task A_lease_taken_back_waits_for_the_token()
    {
        var run = await RunningAsync();
        PortalGround.Ok(await Ground.Get<RevokeLeaseHandler>().HandleAsync(Ground.Caller, run, default));
        await HeldAsync(run, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        PortalGround.Ok(await Ground.Get<GiveTokenHandler>().HandleAsync(Ground.Caller, new(run, Ground.Token), default));
        await OnceAsync(run);
    }

    [Fact]
    public async Task A_lease_that_ran_out_waits_for_the_token()
    {
        var run = await RunningAsync();
        PortalGround.Ok(await Ground.Get<GiveTokenHandler>().HandleAsync(Ground.Caller, new(run, Ground.Token, TimeSpan.FromSeconds(2)), default));
        await Ground.UntilAsync(run, fact => fact is LeaseEnded { Reason: "expired" });
        await HeldAsync(run, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        PortalGround.Ok(await Ground.Get<GiveTokenHandler>().HandleAsync(Ground.Caller, new(run, Ground.Token), default));
        await OnceAsync(run);
    }

    [Fact]
    public async Task A_key_replaced_by_another_waits_for_the_new_token()
    {
        var run = await RunningAsync();
        var old = Ground.Token;
        await Ground.NewKeyAsync();
        await HeldAsync(run, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        Assert.False((await Ground.Get<GiveTokenHandler>().HandleAsync(Ground.Caller, new(run, old), default)).Ok);
        PortalGround.Ok(await Ground.Get<GiveTokenHandler>().HandleAsync(Ground.Caller, new(run, Ground.Token), default));
        await OnceAsync(run);
    }

    [Fact]
    public async Task A_changed_host_key_stops_everything_until_it_is_pinned()
    {
        var facts = Ground.Site.Facts;
        var key = $"{facts.Dir}/etc/ssh_host_ed25519_key";
        var run = await RunningAsync();
        await CutAsync();
        await Ground.Site.RunAsync($"mv {key} {key}.old && mv {key}.pub {key}.pub.old && ssh-keygen -q -t ed25519 -N '' -f {key}");
        try
        {
            await Ground.Site.ControlAsync("start", "sshd");
            await HeldAsync(run, Hold.Blocked, FailureName.HostKeyChanged);
            Assert.Contains(await MachineFactsAsync(), fact => fact is HostKeyChanged);
            Assert.False((await Ground.TrySubmitAsync(Workflows.Step("true"), new(Guid.CreateVersion7()))).Ok);
            await Ground.PinAsync(Ground.Machine);
            await OnceAsync(run);
        }
        finally
        {
            await CutAsync();
            await Ground.Site.RunAsync($"mv -f {key}.old {key} && mv -f {key}.pub.old {key}.pub");
            await Ground.Site.ControlAsync("start", "sshd");
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
            await Ground.Site.ControlAsync("start", "sshd");
        }
        await OnceAsync(run);
    }

    [Fact]
    public async Task Connections_that_are_cut_are_made_anew()
    {
        var run = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}", seconds: 3));
        foreach (var phase in new[] { Phase.FetchingInputs, Phase.StagingIn, Phase.Running, Phase.Uploading })
        {
            await Ground.UntilAsync(run, fact => PortalGround.IsEnd(fact) || (fact is PhaseEntered entered && entered.Phase == phase));
            await Ground.Site.ControlAsync("drop", "sshd");
        }
        await OnceAsync(run);
    }

    [Fact]
    public async Task A_held_job_is_told_in_plain_words_and_goes_on_when_released()
    {
        var run = await Ground.SubmitAsync(Workflows.Step("true", "time: 5m, partition: maintenance"));
        var job = (JobSubmitted)(await Ground.UntilAsync(run, fact => fact is JobSubmitted))[^1];
        await Ground.Site.RunAsync($"scontrol hold {job.JobId}");
        var held = await HeldAsync(run, Hold.Blocked, FailureName.CouldNotStart);
        Assert.Contains("held", held.Message, StringComparison.OrdinalIgnoreCase);
        await Ground.Site.RunAsync($"scontrol update jobid={job.JobId} partition=main && scontrol release {job.JobId}");
        await OnceAsync(run);
    }

    // Ends every connection and the daemon, with no moment in between in which another could be made.
    private async Task CutAsync()
    {
        foreach (var action in new[] { "pause", "drop", "kill" }) await Ground.Site.ControlAsync(action, "sshd");
    }

    private async Task<IReadOnlyList<object>> MachineFactsAsync()
    {
        var facts = new List<object>();
        await foreach (var recorded in Ground.Get<IEventStore>().ReadStreamAsync(Ledger.StreamOf<Machine>(Ground.Machine.Value), 1, null, default))
            facts.Add(recorded.Body);
        return facts;
    }
}
