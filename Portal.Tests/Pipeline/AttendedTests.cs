using Npgsql;
using Portal.Domain.Runs;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>An attended run: its key is in the portal's memory alone, and goes with it.</summary>
[Collection(nameof(RunFaults))]
public sealed class AttendedTests(PostgresFixture postgres, FaultySite fixture) : PipelineTest(postgres, fixture)
{
    [Fact]
    public async Task After_a_restart_it_waits_for_the_token_and_then_goes_on()
    {
        var run = await RunningAsync(attended: true);
        Assert.Equal(0L, await LentKeysAsync());
        await Ground.RestartAsync();
        var held = await HeldAsync(run, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        Assert.Contains("attended", held.Message, StringComparison.Ordinal);
        PortalGround.Ok(await Ground.Get<GiveTokenHandler>().HandleAsync(Ground.Caller, new(run, Ground.Token), default));
        await OnceAsync(run);
        Assert.All((await Ground.FactsAsync(run)).OfType<LeaseGranted>(), lease => Assert.True(lease.Attended));
        Assert.Equal(0L, await LentKeysAsync());
    }

    [Fact]
    public async Task Where_pages_and_worker_are_apart_its_token_is_refused_and_nothing_is_changed()
    {
        var run = await RunningAsync(attended: true);
        await Ground.RestartAsync("web");
        var before = await Ground.FactsAsync(run);
        var refused = await Ground.Get<GiveTokenHandler>().HandleAsync(Ground.Caller, new(run, Ground.Token), default);
        Assert.Equal("ATTENDED_NOT_HERE", Assert.Single(refused.Problems!).Code);
        var another = await Ground.TrySubmitAsync(Workflows.Step("true"), new(Guid.CreateVersion7()), attended: true);
        Assert.Equal("ATTENDED_NOT_HERE", Assert.Single(another.Problems!).Code);
        Assert.Equal(before.Count, (await Ground.FactsAsync(run)).Count);
        await Ground.RestartAsync();
        await HeldAsync(run, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        PortalGround.Ok(await Ground.Get<GiveTokenHandler>().HandleAsync(Ground.Caller, new(run, Ground.Token), default));
        await OnceAsync(run);
    }

    private async Task<long> LentKeysAsync()
    {
        await using var database = NpgsqlDataSource.Create(Ground.Database);
        await using var count = database.CreateCommand("select count(*) from portal_secrets.lease_keys");
        return (long)(await count.ExecuteScalarAsync())!;
    }
}
