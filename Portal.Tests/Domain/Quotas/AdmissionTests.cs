using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Quotas;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Quotas;

/// <summary>Who is let in by whom, at the same moment too, in a portal that does no work.</summary>
public sealed class AdmissionTests(SchemaGround ground) : IClassFixture<SchemaGround>, IAsyncLifetime
{
    private const string Files = """
        portal: 1
        name: files
        title: Files
        inputs: [{ from: ftp://data.example.org/in.csv, to: in.csv }]
        steps: [{ id: a, command: "true", resources: { time: 1h } }]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Id<Project> Project => new(ground.Ada.User!.Value.Value);

    private Caller Administrator => ground.Stranger with { Administrator = true };

    // Administers, and is in none of Ada's projects.
    public async ValueTask InitializeAsync() =>
        await ground.HappenAsync<Account>(ground.Stranger.User!.Value.Value, new AdministratorNamed(ground.Stranger.User.Value));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Of_many_at_the_same_moment_as_many_get_in_as_there_are_places()
    {
        await SetAsync(new(Runs: await RunsAsync() + 3));
        Id<Run>[] asked = [.. Enumerable.Range(0, 8).Select(_ => NewRun())];
        var answers = await Task.WhenAll(asked.Select(run => SubmitAsync(run)));
        Assert.Equal(3, answers.Count(answer => answer.Ok));
        Assert.All(answers.Where(answer => !answer.Ok), answer => Assert.Equal("quotas.runs", Assert.Single(answer.Problems!)
            .Field));
        foreach (var (run, answer) in asked.Zip(answers)) Assert.Equal(answer.Ok ? 2 : 0, await EventsAsync(run));

        // The form of one that is in is no new run; a place that is free again is given once; a retry takes one too.
        var (first, second) = (asked.Zip(answers).First(pair => pair.Second.Ok).First, NewRun());
        Assert.Equal(2, PortalGround.Ok(await SubmitAsync(first)).Version);
        await ground.HappenAsync<Run>(first.Value, new RunCancelled(first));
        PortalGround.Ok(await SubmitAsync(second));
        var retry = ground.Get<RetryRunHandler>();
        Assert.Equal("quotas.runs", (await retry.HandleAsync(ground.Ada, new(first, ground.Token), Cancel)).Problems![0].Field);
        await ground.HappenAsync<Run>(second.Value, new RunCancelled(second));
        PortalGround.Ok(await retry.HandleAsync(ground.Ada, new(first, ground.Token), Cancel));
        Assert.Equal("quotas.runs", (await SubmitAsync(NewRun())).Problems![0].Field);
        await SetAsync(new());
        PortalGround.Ok(await SubmitAsync(NewRun()));
    }

    [Fact]
    public async Task Core_hours_under_way_count_as_asked_for_and_then_as_used()
    {
        var before = await StandingAsync();
        var run = NewRun();
        PortalGround.Ok(await SubmitAsync(run, Files.Replace("time: 1h", "time: 1h, tasks: 4", StringComparison.Ordinal)));
        Assert.Equal(before.CoreHoursAsked + 4, (await StandingAsync()).CoreHoursAsked, 6);
        await SetAsync(new(CoreHours: (int)Math.Ceiling(before.CoreHours + before.CoreHoursAsked) + 4));
        Assert.Equal("quotas.coreHours", (await SubmitAsync(NewRun(), Files)).Problems![0].Field);
        await ground.HappenAsync<Run>(run.Value, new StepSubmitting(run, "a", 1, "k"), new StepEnded(
            run, "a", 1, "succeeded", 0, new(0, 0, 1, 0, 0), null, null, null, null, CoreSeconds: 360));
        var after = await StandingAsync();
        Assert.Equal((before.CoreHours + 0.1, before.CoreHoursAsked), (after.CoreHours, after.CoreHoursAsked), Close);
        PortalGround.Ok(await SubmitAsync(NewRun(), Files));
        await SetAsync(new());
    }

    [Fact]
    public async Task What_was_moved_counts_once_and_what_lay_there_does_not()
    {
        var (before, run) = (await StandingAsync(), NewRun());
        PortalGround.Ok(await SubmitAsync(run, Files));
        await ground.HappenAsync<Run>(run.Value, new TransferStarted(run, "input-0", "a", "b", 1), new TransferCompleted(run,
            "input-0", 700, "00", false));
        await ground.HappenAsync<Run>(run.Value, new TransferCompleted(run, "input-0", 900, "00", Reused: true));
        Assert.Equal(before.Bytes + 700, (await StandingAsync()).Bytes);
        await SetAsync(new(Bytes: before.Bytes + 700));
        Assert.Equal("quotas.bytes", (await SubmitAsync(NewRun(), Files)).Problems![0].Field);
        PortalGround.Ok(await SubmitAsync(NewRun()));
        await SetAsync(new());
    }

    [Fact]
    public async Task Administrators_set_quotas_in_person_and_nobody_else()
    {
        var change = ground.Get<ChangeQuotaHandler>();
        var project = new Id<Project>(Guid.CreateVersion7());
        await ground.HappenAsync<Project>(project.Value, new ProjectCreated(project, "Tides", ground.Ada.User!.Value, false));
        async Task<string?> SetAsync(Caller caller) => (await change.HandleAsync(caller, new(project, new(Runs: 1)), Cancel))
            .Problems?[0].Code;
        var token = new ShownToken(Guid.CreateVersion7(), Scopes.All, null);
        Assert.Equal("FORBIDDEN", await SetAsync(ground.Ada with { Administrator = false }));
        Assert.Equal("NOT_FOUND", await SetAsync(ground.Stranger));
        Assert.Equal("NOT_FOUND", await SetAsync(Administrator with { Token = token }));
        Assert.Equal("FORBIDDEN", await SetAsync(ground.Ada with { Token = token }));
        Assert.Null(await SetAsync(Administrator));
        Assert.Equal("NOT_FOUND", (await change.HandleAsync(Administrator, new(new(Guid.CreateVersion7()), new()), Cancel))
            .Problems![0].Code);

        var show = ground.Get<ShowQuotasHandler>();
        Assert.Equal(1, PortalGround.Ok(await show.HandleAsync(ground.Ada, project, Cancel)).Limits.Runs);
        Assert.Equal("NOT_FOUND", (await show.HandleAsync(Administrator, project, Cancel)).Problems![0].Code);
        var list = ground.Get<ListQuotasHandler>();
        Assert.Equal("FORBIDDEN", (await list.HandleAsync(ground.Ada, new([], "name"), Cancel)).Problems![0].Code);
        Assert.Contains(PortalGround.Ok(await list.HandleAsync(Administrator, new([], "name", Limit: 200), Cancel)).Items,
            listed => listed.View.Project == project && listed.Standing.Limits.Runs == 1);
    }

    [Fact]
    public async Task A_machine_that_takes_attended_runs_alone_takes_no_others_and_ends_their_leases()
    {
        var machine = PortalGround.Ok(await ground.Get<ShowMachineHandler>().HandleAsync(ground.Ada, ground.Machine, Cancel));
        var (ended, going) = (NewRun(), NewRun());
        foreach (var run in new[] { ended, going }) PortalGround.Ok(await SubmitAsync(run));
        await ground.HappenAsync<Run>(ended.Value, new RunCancelled(ended));
        await DemandAsync(machine, true);
        Assert.Equal("revoked", (await RunAsync(going)).Lease!.Ended);
        Assert.Equal("ATTENDED_NEEDED", (await SubmitAsync(NewRun())).Problems![0].Code);
        Assert.Equal("ATTENDED_NEEDED", (await ground.Get<RetryRunHandler>().HandleAsync(
            ground.Ada, new(ended, ground.Token, Attended: false), Cancel)).Problems![0].Code);
        // Where nobody works, no key is kept in memory: attended it is, though nothing was said.
        Assert.Equal("ATTENDED_NOT_HERE", (await ground.Get<RetryRunHandler>().HandleAsync(ground.Ada, new(ended, ground.Token),
            Cancel)).Problems![0].Code);
        Assert.Equal("ATTENDED_NOT_HERE", (await ground.Get<GiveTokenHandler>().HandleAsync(ground.Ada, new(going, ground.Token),
            Cancel)).Problems![0].Code);
        await DemandAsync(machine, false);
        PortalGround.Ok(await ground.Get<GiveTokenHandler>().HandleAsync(ground.Ada, new(going, ground.Token), Cancel));
    }

    [Fact]
    public async Task Leases_are_seen_and_ended_by_whose_keys_they_lend()
    {
        var run = NewRun();
        PortalGround.Ok(await SubmitAsync(run));
        await CaughtUpAsync<RunView>();
        var mine = PortalGround.Ok(await ground.Get<MyLeasesHandler>().HandleAsync(ground.Ada, Cancel));
        var listed = Assert.Single(mine, lease => lease.Run.Id == run);
        Assert.Null(listed.Use);
        Assert.NotNull(listed.Run.LeaseSince);
        Assert.Empty(PortalGround.Ok(await ground.Get<MyLeasesHandler>().HandleAsync(ground.Stranger, Cancel)));
        var reads = ground.Ada with { Token = new(Guid.CreateVersion7(), [Scope.GetJob], null) };
        Assert.True((await ground.Get<MyLeasesHandler>().HandleAsync(reads, Cancel)).Ok);
        Assert.Equal("FORBIDDEN", (await ground.Get<RevokeLeasesHandler>().HandleAsync(reads, Cancel)).Problems![0].Code);
        Assert.Equal("FORBIDDEN", (await ground.Get<MyLeasesHandler>().HandleAsync(
            ground.Ada with { Token = new(Guid.CreateVersion7(), [Scope.GetFile], null) }, Cancel)).Problems![0].Code);
        Assert.Equal(0, PortalGround.Ok(await ground.Get<RevokeLeasesHandler>().HandleAsync(ground.Stranger, Cancel)));
        Assert.True(PortalGround.Ok(await ground.Get<RevokeLeasesHandler>().HandleAsync(ground.Ada, Cancel)) >= 1);
        Assert.Equal("revoked", (await RunAsync(run)).Lease!.Ended);
        await CaughtUpAsync<RunView>();
        Assert.Empty(PortalGround.Ok(await ground.Get<MyLeasesHandler>().HandleAsync(ground.Ada, Cancel)));
    }

    private static bool Close((double, double) one, (double, double) other) =>
        Math.Abs(one.Item1 - other.Item1) < 1e-6 && Math.Abs(one.Item2 - other.Item2) < 1e-6;

    private static Id<Run> NewRun() => new(Guid.CreateVersion7());

    private Task<Result<Loaded<Run>>> SubmitAsync(Id<Run> run, string? description = null) =>
        ground.Get<SubmitRunHandler>().HandleAsync(ground.Ada, new(run, ground.Machine, null, null, null,
            description ?? SchemaGround.Description, new Dictionary<string, string>(), ground.Token), Cancel);

    private async Task SetAsync(QuotaLimits limits) =>
        PortalGround.Ok(await ground.Get<ChangeQuotaHandler>().HandleAsync(Administrator, new(Project, limits), Cancel));

    private async Task DemandAsync(MachineView machine, bool attended) =>
        PortalGround.Ok(await ground.Get<ChangeMachineHandler>().HandleAsync(
        ground.Ada, new(machine.Id, machine.Settings with { AttendedOnly = attended }), Cancel));

    private async Task<Run> RunAsync(Id<Run> run) =>
        PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, run, null, Cancel)).State;

    private async Task<int> RunsAsync() => (await StandingAsync()).Runs;

    private async Task<Standing> StandingAsync()
    {
        await CaughtUpAsync<Usage>();
        return PortalGround.Ok(await ground.Get<ShowQuotasHandler>().HandleAsync(ground.Ada, Project, Cancel));
    }

    private async Task CaughtUpAsync<T>() where T : class =>
        await ground.Get<IDocuments>().CaughtUpAsync<T>(await ground.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);

    private async Task<int> EventsAsync(Id<Run> run)
    {
        var count = 0;
        await foreach (var _ in ground.Get<IEventStore>().ReadStreamAsync(Ledger.StreamOf<Run>(run.Value),
            cancel: Cancel)) count++;
        return count;
    }
}
