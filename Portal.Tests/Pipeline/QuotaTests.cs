using Portal.Domain.Machines;
using Portal.Domain.Quotas;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>Quotas, leases and attended machines, with real jobs and files.</summary>
public sealed class QuotaTests(PostgresFixture postgres, SiteFixture fixture) : PipelineTest(postgres, fixture)
{
    [Fact]
    public async Task Bytes_beyond_the_quota_hold_the_run_until_it_is_raised()
    {
        await SetAsync(new(Bytes: 10));
        var run = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}"));
        var held = await HeldAsync(run, Hold.Blocked, FailureName.QuotaExceeded);
        Assert.Contains("10 bytes a month", held.Message, StringComparison.Ordinal);
        Assert.Contains("raises the quota", held.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain(await Ground.FactsAsync(run), fact => fact is TransferCompleted);

        await SetAsync(new(Bytes: 1_000_000));
        var facts = await Ground.SucceededAsync(run);
        Assert.Contains(facts, fact => fact is RunReleased);
        Assert.Single(facts.OfType<RunHeld>());
        var moved = facts.OfType<TransferCompleted>().ToList();
        Assert.Equal(3, moved.Count);
        // What accounting says of the one step: it slept for a second, on one core.
        var used = Assert.Single(facts.OfType<StepEnded>()).CoreSeconds;
        Assert.True(used >= 1, $"{used}");
        await Ground.Get<IDocuments>().CaughtUpAsync<Usage>(await Ground.Get<IEventStore>().HighestPositionAsync(default),
            default);
        var standing = PortalGround.Ok(await Ground.Get<ShowQuotasHandler>().HandleAsync(Ground.Caller, Ground.Project, default));
        Assert.Equal((0, moved.Sum(file => file.Bytes)), (standing.Runs, standing.Bytes));
        Assert.Equal(used.Value / 3600, standing.CoreHours, 6);
        Assert.Equal(0, standing.CoreHoursAsked, 6);
    }

    [Fact]
    public async Task A_machine_that_takes_attended_runs_alone_holds_others_until_the_token_is_given()
    {
        var run = await RunningAsync();
        Assert.True(PortalGround.Ok(await Ground.Get<ShowLeaseUseHandler>().HandleAsync(Ground.Caller, run,
            default))!.Times >= 1);
        var machine = PortalGround.Ok(await Ground.Get<ShowMachineHandler>().HandleAsync(Ground.Caller, Ground.Machine, default));
        PortalGround.Ok(await Ground.Get<ChangeMachineHandler>().HandleAsync(
            Ground.Caller, new(machine.Id, machine.Settings with { AttendedOnly = true }), default));
        await HeldAsync(run, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        Assert.Equal("ATTENDED_NEEDED", (await Ground.TrySubmitAsync(Workflows.Step("true"), new(Guid.CreateVersion7())))
            .Problems![0].Code);
        PortalGround.Ok(await Ground.Get<GiveTokenHandler>().HandleAsync(Ground.Caller, new(run, Ground.Token), default));
        await OnceAsync(run);
        var lease = (await Ground.ShowAsync(run)).Lease!;
        Assert.Equal((true, "done"), (lease.Attended, lease.Ended));
        Assert.True(PortalGround.Ok(await Ground.Get<ShowLeaseUseHandler>().HandleAsync(Ground.Caller, run,
            default))!.Times >= 1);
    }

    private async Task SetAsync(QuotaLimits limits) => PortalGround.Ok(
        await Ground.Get<ChangeQuotaHandler>().HandleAsync(Ground.Caller, new(Ground.Project, limits), default));
}
