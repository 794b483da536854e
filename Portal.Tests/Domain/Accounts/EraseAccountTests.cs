using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Retention;
using Portal.Domain.Runs;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Accounts;

/// <summary>Who is erased, by whom, and what forbids it. What is left of them is another test's.</summary>
public sealed class EraseAccountTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ErasureGround Erasures => new(ground);

    private AccountGround People => new(ground.Portal);

    private MemberGround Members => new(ground.Portal);

    [Fact]
    public void Nobody_erases_themselves_or_without_saying_whom_they_mean_and_nobody_twice()
    {
        var (person, other) = (new Id<User>(Guid.NewGuid()), new Id<User>(Guid.NewGuid()));
        Assert.Equal("OWN_ACCOUNT", Code(EraseAccount.Decide(Account.Empty, new(person, "a@b.org"), "a@b.org", person)));
        Assert.Equal("CONFIRMATION_WRONG", Code(EraseAccount.Decide(Account.Empty, new(person, "b@b.org"), "a@b.org", other)));
        Assert.Equal([new AccountErased(person)],
            EraseAccount.Decide(Account.Empty, new(person, " A@b.org "), "a@b.org", other).Value!);
        Assert.Empty(EraseAccount.Decide(new(true, false, false, true), new(person, "a@b.org"), "a@b.org", other).Value!);
    }

    [Fact]
    public void Who_was_erased_is_shut_out_and_nothing_makes_them_anything_again()
    {
        var person = new Id<User>(Guid.NewGuid());
        var erased = Folded(new AdministratorNamed(person), new AuditorNamed(person), new AccountErased(person));
        Assert.Equal(new Account(true, false, false, true), erased);
        Assert.Equal(erased, Folded(new AccountErased(person), new AccountEnabled(person), new AdministratorNamed(person)));
        Assert.Equal("NOT_FOUND", Code(EnableAccount.Decide(erased, new(person))));
        Assert.Equal("ACCOUNT_DISABLED", Code(ChangeAdministrator.Decide(erased, new(person, true), true)));
        Assert.Equal("ACCOUNT_DISABLED", Code(ChangeAuditor.Decide(erased, new(person, true))));
    }

    [Fact]
    public async Task Only_an_administrator_in_person_who_has_just_proved_it_erases()
    {
        var (administrator, grace) = (await Erasures.AdministratorAsync(), await Erasures.PersonAsync());
        foreach (var caller in (Caller[])[grace.Caller, administrator with { Administrator = false },
            administrator with { Token = new(Guid.NewGuid(), Scopes.All, null) }, Caller.Worker(Guid.NewGuid())])
            Assert.Equal("NOT_FOUND", Code(await Erasures.EraseAsync(caller, grace)));
        Assert.Equal("PROOF_NEEDED", Code(await Erasures.EraseAsync(administrator with { Session = null }, grace)));
        Assert.Equal("CONFIRMATION_WRONG", Code(await Erasures.EraseAsync(administrator, grace with { Address = "x@example.org" })));
        Assert.Equal("NOT_FOUND", Code(await Erasures.EraseAsync(administrator,
            grace with { Caller = grace.Caller with { User = new Id<User>(Guid.NewGuid()) } })));
        var own = (await ground.Get<ListAccountsHandler>().FindAsync(administrator, administrator.User!.Value, Cancel)).Value!.Entry;
        Assert.Equal("OWN_ACCOUNT", Code(await Erasures.EraseAsync(administrator, new(administrator, own.Address))));
        Assert.Empty(await People.FactsAsync(grace.Caller));
    }

    [Fact]
    public async Task Members_are_not_left_without_an_owner()
    {
        var (administrator, grace) = (await Erasures.AdministratorAsync(), await Erasures.PersonAsync());
        var (alone, shared) = (await Members.ProjectAsync(grace.Caller), await Members.ProjectAsync(grace.Caller));
        var member = await Members.MemberAsync(grace.Caller, shared, Role.Viewer);
        var refused = Assert.Single((await Erasures.EraseAsync(administrator, grace)).Problems!);
        Assert.Equal("LAST_OWNER", refused.Code);
        Assert.Contains(shared.ToString(), refused.Advice, StringComparison.Ordinal);
        Assert.Empty(await People.FactsAsync(grace.Caller));
        await ground.HappenAsync<Project>(shared.Value, new MemberAdded(shared, "Tides", member.User!.Value, Role.Owner));
        PortalGround.Ok(await Erasures.EraseAsync(administrator, grace));
        Assert.Null(await Members.RoleAsync(grace.Caller, shared));
        // Nobody else could be the owner of what they were alone in.
        Assert.Equal([grace.Caller.User!.Value],
            (await ground.Get<Ledger>().LoadAsync<Project>(alone.Value, Cancel)).State.Members.Keys);
    }

    [Fact]
    public async Task A_run_that_works_with_their_key_is_ended_first_and_one_that_waits_is_given_up()
    {
        var (administrator, grace) = (await Erasures.AdministratorAsync(), await Erasures.PersonAsync());
        var (run, lease) = (await Erasures.RunAsync(grace.Caller), new Id<Portal.Domain.Credentials.Lease>(Guid.NewGuid()));
        await ground.HappenAsync<Run>(run.Value, new LeaseGranted(
            run, lease, new(Guid.NewGuid()), grace.Caller.User!.Value, DateTimeOffset.UtcNow.AddDays(1)));
        Assert.Equal("RUNS_GO_ON", Code(await Erasures.EraseAsync(administrator, grace)));
        Assert.Empty(await People.FactsAsync(grace.Caller));
        PortalGround.Ok(await ground.Get<DisableAccountHandler>().HandleAsync(administrator, new(grace.Caller.User.Value), Cancel));
        PortalGround.Ok(await Erasures.EraseAsync(administrator, grace));
        var state = (await ground.Get<Ledger>().LoadAsync<Run>(run.Value, Cancel)).State;
        Assert.Equal((Phase.Cancelled, administrator.User, StepStatus.Cancelled),
            (state.Phase, state.CancelRequestedBy, state.Steps[0].Status));
        Assert.Equal(FailureName.JobLost, state.Steps[0].Failure!.Name);
        Assert.Equal("revoked", state.Lease!.Ended);
    }

    [Fact]
    public void A_run_is_given_up_once_and_a_lease_that_it_had_after_all_ends_with_it()
    {
        var by = new Id<User>(Guid.NewGuid());
        Assert.Equal([typeof(CancelRequested), typeof(RunCancelled), typeof(LeaseEnded)],
            GiveUpErased.Decide(Given.Run(Given.Fetched), by).Value!.Select(fact => fact.GetType()));
        Assert.Equal([typeof(StepEnded), typeof(RunCancelled), typeof(LeaseEnded)],
            GiveUpErased.Decide(Given.Run([.. Given.Queued, new CancelRequested(Given.Id, by)]), by).Value!
                .Select(fact => fact.GetType()));
        Assert.Empty(GiveUpErased.Decide(Given.Run([.. Given.Done, new RunSucceeded(Given.Id)]), by).Value!);
        Assert.Empty(GiveUpErased.Decide(Run.Empty, by).Value!);
    }

    [Theory]
    [InlineData(HeldKind.Person)]
    [InlineData(HeldKind.Project)]
    [InlineData(HeldKind.Run)]
    public async Task A_hold_forbids_it_by_name_until_it_is_lifted_or_over(HeldKind kind)
    {
        var (administrator, grace) = (await Erasures.AdministratorAsync(), await Erasures.PersonAsync());
        // They left the project in which they submitted a run.
        var owner = await People.SignUpAsync();
        var project = await Members.ProjectAsync(owner);
        var run = await Erasures.RunAsync(grace.Caller, project, over: true);
        var subject = kind switch
        {
            HeldKind.Person => grace.Caller.User!.Value.Value, HeldKind.Project => project.Value, _ => run.Value,
        };
        var hold = PortalGround.Ok(await ground.Get<PlaceRetentionHoldHandler>().HandleAsync(
            administrator, new(new(Guid.CreateVersion7()), kind, subject, "case 7", null), Cancel));
        var refused = Assert.Single((await Erasures.EraseAsync(administrator, grace)).Problems!);
        Assert.Equal("HELD", refused.Code);
        Assert.Contains(hold.Id.ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Contains("case 7", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await People.FactsAsync(grace.Caller));
        PortalGround.Ok(await ground.Get<LiftRetentionHoldHandler>().HandleAsync(administrator, new(hold.Id), Cancel));
        var past = new Id<RetentionHold>(Guid.CreateVersion7());
        await ground.HappenAsync<RetentionHold>(past.Value, new RetentionHoldPlaced(
            past, kind, subject, "over", DateTimeOffset.UnixEpoch, owner.User!.Value));
        PortalGround.Ok(await Erasures.EraseAsync(administrator, grace));
        Assert.Equal("NOT_FOUND", Code(await ground.Get<PlaceRetentionHoldHandler>().HandleAsync(administrator,
            new(new(Guid.CreateVersion7()), HeldKind.Person, grace.Caller.User!.Value.Value, "late", null), Cancel)));
    }

    private static Account Folded(params object[] facts) => facts.Aggregate(Account.Empty, (account, fact) => account.Apply(new(
        1, "account-x", 1, Guid.NewGuid(), "x", 1, "{}", fact, new("x", "user", "page", Guid.NewGuid()), DateTimeOffset.UnixEpoch,
        default)));

    private static string Code<T>(Result<T> result) => Assert.Single(result.Problems!).Code;
}
