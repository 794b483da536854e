using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Pipeline;

/// <summary>A run whose person may not submit in its project any more.</summary>
[Collection(nameof(RunFaults))]
public sealed class RemovedMemberTests(PostgresFixture postgres, FaultySite fixture) : PipelineTest(postgres, fixture)
{
    [Fact]
    public async Task Its_lease_ends_and_it_waits_for_a_token_that_only_who_is_back_may_give()
    {
        var (run, owner, person) = (await RunningAsync(), await OwnerAsync(), Ground.Caller.User!.Value);
        await ChangeAsync(owner, person, Role.Viewer);
        await HeldAsync(run, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        Assert.Equal("revoked", Assert.Single((await Ground.FactsAsync(run)).OfType<LeaseEnded>()).Reason);
        Assert.Equal("FORBIDDEN", (await GiveAsync(run)).Problems![0].Code);
        await ChangeAsync(owner, person, Role.Submitter);
        PortalGround.Ok(await GiveAsync(run));
        await OnceAsync(run);
    }

    [Fact]
    public async Task A_lease_that_was_not_ended_is_of_no_use_either()
    {
        var run = await RunningAsync();
        // As after a crash between the one fact and the other.
        PortalGround.Ok(await Ground.Get<Ledger>().AppendAsync(Caller.Worker(Guid.CreateVersion7()),
            [new(Ledger.StreamOf<Project>(Ground.Project.Value), IEventStore.AnyVersion,
                [new MemberRemoved(Ground.Project, Ground.Caller.User!.Value)])], default));
        await Ground.RestartAsync();
        var held = await HeldAsync(run, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        Assert.Contains("may not submit", held.Message, StringComparison.Ordinal);
        await OpenGateAsync();
    }

    private async Task ChangeAsync(Caller owner, Id<User> person, Role role) => PortalGround.Ok(
        await Ground.Get<ChangeRoleHandler>().HandleAsync(owner, new(Ground.Project, person, role), default));

    private Task<Result<Run>> GiveAsync(Id<Run> run) =>
        Ground.Get<GiveTokenHandler>().HandleAsync(Ground.Caller, new(run, Ground.Token), default);

    private async Task<Caller> OwnerAsync()
    {
        var owner = new Id<User>(Guid.CreateVersion7());
        PortalGround.Ok(await Ground.Get<Ledger>().AppendAsync(Caller.Worker(Guid.CreateVersion7()),
            [new(Ledger.StreamOf<Project>(Ground.Project.Value), IEventStore.AnyVersion,
                [new MemberAdded(Ground.Project, "Personal", owner, Role.Owner)])], default));
        return Ground.Caller with { User = owner };
    }
}
