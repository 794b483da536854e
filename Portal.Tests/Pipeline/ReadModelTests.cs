using Npgsql;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.Domain.Retention;
using Portal.Domain.Runs;
using Portal.Domain.Workflows;
using Portal.EventStore;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;
using Endpoint = Portal.Domain.Data.Endpoint;

namespace Portal.Tests.Pipeline;

/// <summary>Every read model of the portal, made anew from the events of a real journey.</summary>
[Collection(nameof(RunFaults))]
public sealed class ReadModelTests(PostgresFixture postgres, FaultySite fixture) : PipelineTest(postgres, fixture)
{
    [Fact]
    public async Task Rebuilt_from_nothing_the_rows_are_the_same()
    {
        await PeopleAndMachinesAsync();
        await RunsAsync();
        await CaughtUpAsync();
        await EverythingHappenedAsync();
        var before = await RowsAsync();
        Assert.Equal(PortalStore.Projections.Count, before.Select(row => row.Split(' ')[0]).Distinct().Count());

        // A version that nothing has: the next start makes every table anew.
        await PostgresFixture.RunAsync(Ground.Database, "update portal_events.projection set version = 0, declaration = ''");
        foreach (var table in await TablesAsync()) await PostgresFixture.RunAsync(Ground.Database, $"truncate portal_documents.{table}");
        await Ground.RestartAsync("web");
        await CaughtUpAsync();
        Assert.Equal(before, await RowsAsync());
    }

    private async Task PeopleAndMachinesAsync()
    {
        var (caller, project) = (Ground.Caller, Ground.Project);
        var member = new Id<User>(Guid.CreateVersion7());
        var invited = new MemberInvited(
            project, new(Guid.CreateVersion7()), Role.Viewer, member, caller.User!.Value, $"{Guid.NewGuid():n}", DateTimeOffset.UnixEpoch);
        var (declined, revoked) = (invited with { InvitationId = new(Guid.CreateVersion7()), Sha256 = $"{Guid.NewGuid():n}" },
            invited with { InvitationId = new(Guid.CreateVersion7()), Sha256 = $"{Guid.NewGuid():n}" });
        // Whom an invitation is for has an account; these people have none.
        PortalGround.Ok(await Ground.Get<Ledger>().AppendAsync(caller, [new(Ledger.StreamOf<Project>(project.Value), IEventStore.AnyVersion,
            [invited, declined, revoked, new InvitationAccepted(project, invited.InvitationId, member),
             new InvitationDeclined(project, declined.InvitationId, member), new InvitationRevoked(project, revoked.InvitationId),
             new MemberAdded(project, "ground", member, Role.Viewer), new MemberRemoved(project, member),
             new MemberAdded(project, "ground", new(Guid.CreateVersion7()), Role.Maintainer)])], default));
        await AccountsAsync(caller.User!.Value);
        PortalGround.Ok(await Ground.Get<RenameProjectHandler>().HandleAsync(caller, new(project, "Renamed"), default));
        PortalGround.Ok(await Ground.Get<CreateProjectHandler>().HandleAsync(caller, new(new(Guid.CreateVersion7()), "Second"), default));

        var machine = await Ground.MachineAsync("second", Ground.Site.Facts.Workdir);
        var view = await Ground.Get<IDocuments>().FindAsync<MachineView>(machine.ToString(), default);
        PortalGround.Ok(await Ground.Get<ChangeMachineHandler>().HandleAsync(caller,
            new(machine, view!.Settings with { Name = "renamed", Host = "localhost" }), default));
        await Ground.PinAsync(machine);
        await Ground.Get<ReportHostKeyChangedHandler>().HandleAsync(caller, machine, "another key", null, default);
        var sharedWith = new ShareMachine(machine, new(Guid.CreateVersion7()));
        PortalGround.Ok(await Ground.Get<CreateProjectHandler>().HandleAsync(caller, new(sharedWith.With, "Third"), default));
        PortalGround.Ok(await Ground.Get<ShareMachineHandler>().HandleAsync(caller, sharedWith, default));
        PortalGround.Ok(await Ground.Get<UnshareMachineHandler>().HandleAsync(caller, new(machine, sharedWith.With), default));
        var (key, _) = await Ground.KeyAsync(machine);
        PortalGround.Ok(await Ground.Get<RevokeCredentialHandler>().HandleAsync(caller, key, default));
        PortalGround.Ok(await Ground.Get<RetireMachineHandler>().HandleAsync(caller, new(machine), default));
        await Ground.NewKeyAsync();
        var steps = PortalGround.Ok(await Ground.Get<TestConnectionHandler>().HandleAsync(caller, new(Ground.Machine, Ground.Token), default));
        await foreach (var step in steps) Assert.True(step.Ok, step.Message);

        var endpoint = new Id<Endpoint>(Guid.CreateVersion7());
        foreach (var url in new[] { "ftp://127.0.0.1:2121", "ftp://127.0.0.1:2122/below" })
            PortalGround.Ok(await Ground.Get<KeepEndpointHandler>().HandleAsync(caller, new(endpoint, project, "gone", url, "demo", "x"), default));
        PortalGround.Ok(await Ground.Get<RemoveEndpointHandler>().HandleAsync(caller, endpoint, default));

        foreach (var script in new[] { "true", "false" })
            PortalGround.Ok(await Ground.Get<AddWorkflowHandler>().HandleAsync(caller, new(project, Workflows.Step(script)), default));
        foreach (var name in new[] { "kept", "taken back" })
        {
            var id = (await Ground.Get<Ledger>().TokenAsync(caller, new(name, Scopes.All, null, [], TimeSpan.FromDays(1)))).Id;
            if (name != "kept") PortalGround.Ok(await Ground.Get<RevokeAccessTokenHandler>().HandleAsync(caller, id, default));
        }
    }

    // People of whom there are facts alone: accounts that are made lie in a table.
    private async Task AccountsAsync(Id<User> by)
    {
        var person = new Id<User>(Guid.CreateVersion7());
        await HappenAsync<Account>(person.Value, new AdministratorNamed(person), new AdministratorRemoved(person),
            new AccountDisabled(person), new AccountEnabled(person), new AuditorNamed(person), new AuditorRemoved(person));
        var erased = new Id<User>(Guid.CreateVersion7());
        await HappenAsync<Account>(erased.Value, new AccountErased(erased));
        var archive = Guid.CreateVersion7();
        PortalGround.Ok(await Ground.Get<Ledger>().AppendAsync(Ground.Caller, [new(EventArchives.StreamOf(archive), 0,
            [new StreamsArchived(archive, "a.zip", 1, "0", 1, 1, "0"), new ArchiveRestored(archive, 1, 1)])], default));
        var hold = new Id<RetentionHold>(Guid.CreateVersion7());
        await HappenAsync<RetentionHold>(hold.Value, new RetentionHoldPlaced(hold, HeldKind.Person, person.Value, "case 7", null, by),
            new RetentionHoldLifted(hold, by));
        foreach (var answer in new Func<Id<AccountInvitation>, object?>[]
            { _ => null, id => new AccountInvitationUsed(id, person), id => new AccountInvitationRevoked(id) })
        {
            var id = new Id<AccountInvitation>(Guid.CreateVersion7());
            object[] facts = [new AccountInvited(id, by, $"{Guid.NewGuid():n}", DateTimeOffset.UnixEpoch)];
            await HappenAsync<AccountInvitation>(id.Value, answer(id) is { } fact ? [.. facts, fact] : facts);
        }
    }

    private async Task HappenAsync<T>(Guid id, params object[] facts) where T : class, IAggregate<T> =>
        PortalGround.Ok(await Ground.Get<Ledger>().AppendAsync(
            Ground.Caller, [new(Ledger.StreamOf<T>(id), IEventStore.AnyVersion, facts)], default));

    private async Task RunsAsync()
    {
        PortalGround.Ok(await Ground.Get<ChangeQuotaHandler>().HandleAsync(Ground.Caller, new(Ground.Project, new(Runs: 100)),
            default));
        var held = await RunningAsync();
        PortalGround.Ok(await Ground.Get<RevokeLeaseHandler>().HandleAsync(Ground.Caller, held, default));
        await HeldAsync(held, Hold.AwaitingToken, FailureName.CredentialUnavailable);
        PortalGround.Ok(await Ground.Get<GiveTokenHandler>().HandleAsync(Ground.Caller, new(held, Ground.Token), default));
        await OnceAsync(held);

        var blocked = await Ground.SubmitAsync(Workflows.Step("true", "time: 5m, partition: maintenance"));
        var job = (JobSubmitted)(await Ground.UntilAsync(blocked, fact => fact is JobSubmitted))[^1];
        await Ground.Site.RunAsync($"scontrol hold {job.JobId}");
        await HeldAsync(blocked, Hold.Blocked, FailureName.CouldNotStart);
        await Ground.Site.RunAsync($"scontrol update jobid={job.JobId} partition=main && scontrol release {job.JobId}");

        var whole = await Ground.SubmitAsync(Workflows.Whole(Ground.Site.Facts.GitUrl, $"tests/{Guid.NewGuid():n}"));
        var failing = await Ground.SubmitAsync(Workflows.Step("exit 3", "time: 5m, array: 1-3"));
        var cancelled = await Ground.SubmitAsync(Workflows.Step("sleep 600"));
        await Ground.UntilAsync(cancelled, fact => fact is JobSubmitted);
        await Ground.CancelAsync(cancelled);
        await Ground.FailedAsync(failing);
        var retried = await Ground.SubmitAsync(Workflows.TwoSteps(Ground.Site.Facts.GitUrl, "true", "/no/such/file"));
        await Ground.FailedAsync(retried);
        await Ground.RetryAsync(retried);
        await Ground.UntilAsync(retried, PortalGround.IsEnd, times: 2);
        foreach (var run in new[] { blocked, whole }) await Ground.SucceededAsync(run);
        Assert.Contains(await Ground.EndAsync(cancelled), fact => fact is RunCancelled);
        await LookedAtAsync();
    }

    // One is approved, another is refused, and the first passes when it comes again.
    private async Task LookedAtAsync()
    {
        PortalGround.Ok(await Ground.Get<ChangeApprovalRulesHandler>().HandleAsync(
            Ground.Caller, new(Ground.Project, new(CodeRule.New, false, null, Own: true)), default));
        foreach (var (script, approve) in new[] { ("echo seen", true), ("echo unwanted", false) })
        {
            var run = await Ground.SubmitAsync(Workflows.Step(script));
            var asked = (ApprovalAsked)(await Ground.UntilAsync(run, fact => fact is ApprovalAsked))[^1];
            PortalGround.Ok(await Ground.Get<DecideApprovalHandler>().HandleAsync(
                Ground.Caller, new(run, asked.Hash, approve), default));
            await Ground.EndAsync(run);
        }
        await Ground.SucceededAsync(await Ground.SubmitAsync(Workflows.Step("echo seen")));
    }

    // What did not happen would be compared with nothing.
    private async Task EverythingHappenedAsync()
    {
        var store = Ground.Get<IEventStore>();
        var happened = new HashSet<Type>();
        var last = await store.LastPositionAsync(default);
        for (var after = 0L; after < last;)
        {
            var page = await store.ReadAllAsync(after, 1000, default);
            happened.UnionWith(page.Select(recorded => recorded.Body.GetType()));
            after = page[^1].Position;
        }
        // The index of events has a row for whatever happens.
        foreach (var projection in PortalStore.Projections.Where(projection => projection is not EventIndex))
        {
            var handles = (IReadOnlyCollection<Type>)projection.GetType().GetProperty("Handles")!.GetValue(projection)!;
            Assert.All(handles, type => Assert.Contains(type, happened));
        }
    }

    private async Task CaughtUpAsync()
    {
        using var limit = new CancellationTokenSource(PortalGround.Patience);
        IReadOnlyList<ProjectionStatus> all;
        do
            all = await Ground.Get<EventStoreDatabase>().ProjectionsAsync(limit.Token);
        while (!all.All(status => status.CaughtUp));
    }

    private async Task<List<string>> RowsAsync()
    {
        var rows = new List<string>();
        foreach (var table in await TablesAsync())
            rows.AddRange((await LinesAsync($"select t::text from portal_documents.{table} t order by 1")).Select(row => $"{table} {row}"));
        return rows;
    }

    private Task<List<string>> TablesAsync() =>
        LinesAsync("select table_name::text from information_schema.tables where table_schema = 'portal_documents' order by 1");

    private async Task<List<string>> LinesAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Ground.Database);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync()) found.Add(reader.GetString(0));
        return found;
    }
}
