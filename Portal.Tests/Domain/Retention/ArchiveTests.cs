using Microsoft.Extensions.Logging.Abstractions;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Retention;
using Portal.Domain.Runs;
using Portal.Domain.Runs.Crates;
using Portal.EventStore;
using Portal.Jobs.Retention;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Retention;

public sealed class ArchiveTests(SchemaGround ground) : IClassFixture<SchemaGround>, IAsyncLifetime
{
    private SealingNode sealing = null!;
    private Caller administrator = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private DateTimeOffset Now => ground.Get<IChance>().Now;

    public async ValueTask InitializeAsync()
    {
        sealing = new(ground);
        administrator = await new AccountGround(ground.Portal).AdministratorAsync();
    }

    public ValueTask DisposeAsync() => sealing.DisposeAsync();

    [Fact]
    public async Task Only_administrators_archive_in_person_or_by_a_token_for_it()
    {
        var auditor = await new AccountGround(ground.Portal).SignUpAsync();
        await new AccountGround(ground.Portal).HappenAsync(auditor, new AuditorNamed(auditor.User!.Value));
        foreach (var caller in (Caller[])[ground.Stranger, auditor,
            administrator with { Token = new(Guid.NewGuid(), [Scope.GetEvent], null) }, Caller.Worker(Guid.NewGuid())])
        {
            Assert.Contains(Code(await ground.Get<ArchiveRunsHandler>().HandleAsync(caller, new(Now), Cancel)), Refusals);
            Assert.Contains(Code(await ground.Get<RestoreArchiveHandler>().HandleAsync(caller, new(Guid.NewGuid()), Cancel)), Refusals);
            if (caller == auditor) continue;
            Assert.Contains(Code(await ground.Get<ArchiveRunsHandler>().CountAsync(caller, new(Now), Cancel)), Refusals);
            Assert.Contains(Code(await ground.Get<ListArchivesHandler>().HandleAsync(caller, new([]), Cancel)), Refusals);
        }
        // Who audits sees them, and what could be archived.
        PortalGround.Ok(await ground.Get<ArchiveRunsHandler>().CountAsync(auditor, new(Now), Cancel));
        PortalGround.Ok(await ground.Get<ListArchivesHandler>().HandleAsync(auditor, new([]), Cancel));
        var program = administrator with { Token = new(Guid.NewGuid(), [Scope.KeepArchive], null) };
        PortalGround.Ok(await ground.Get<ListArchivesHandler>().HandleAsync(program, new([]), Cancel));
        Assert.Equal("NOT_FOUND", Code(await ground.Get<RestoreArchiveHandler>().HandleAsync(program, new(Guid.NewGuid()), Cancel)));
        var early = Assert.Single((await ground.Get<ArchiveRunsHandler>().HandleAsync(program, new(Now.AddDays(1)), Cancel)).Problems!);
        Assert.Equal(("INVALID_INPUT", "endedBefore"), (early.Code, early.Field));
    }

    [Theory]
    [InlineData(HeldKind.Run)]
    [InlineData(HeldKind.Project)]
    [InlineData(HeldKind.Person)]
    public async Task What_is_held_is_not_archived_until_the_hold_is_lifted(HeldKind kind)
    {
        var run = await EndedAsync();
        var request = PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, run, null, Cancel)).State.Request;
        var hold = new Id<RetentionHold>(Guid.CreateVersion7());
        await ground.HappenAsync<RetentionHold>(hold.Value, new RetentionHoldPlaced(hold, kind, kind switch
        {
            HeldKind.Run => run.Value, HeldKind.Project => request.ProjectId.Value, _ => request.SubmittedBy.Value,
        }, "case 7", null, administrator.User!.Value));

        var count = PortalGround.Ok(await ground.Get<ArchiveRunsHandler>().CountAsync(administrator, new(Now), Cancel));
        Assert.True(count.Held >= 1);
        await MakeAsync();
        PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, run, null, Cancel));

        PortalGround.Ok(await ground.Get<LiftRetentionHoldHandler>().HandleAsync(administrator, new(hold), Cancel));
        Assert.Contains((await MakeAsync()).Archives, archive => archive.Runs > 0);
        Assert.Equal("STREAM_ARCHIVED", Code(await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, run, null, Cancel)));
    }

    [Fact]
    public async Task An_archived_run_says_where_it_is_to_who_may_see_it_and_comes_back_as_it_was()
    {
        var run = await EndedAsync();
        var going = SchemaGround.RunOf((await ground.RunAsync()).Run);
        var before = PortalGround.Ok(await ground.Get<ReadRunEventsHandler>().HandleAsync(ground.Ada, run, 0, 100, Cancel));
        var made = Assert.Single((await MakeAsync()).Archives, archive => archive.Runs > 0);
        PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, going, null, Cancel));

        foreach (var (caller, code) in ((Caller, string)[])[(ground.Ada, "STREAM_ARCHIVED"), (ground.Stranger, "NOT_FOUND")])
        {
            Assert.Equal(code, Code(await ground.Get<ShowRunHandler>().HandleAsync(caller, run, null, Cancel)));
            Assert.Equal(code, Code(await ground.Get<ReadRunEventsHandler>().HandleAsync(caller, run, 0, 100, Cancel)));
            Assert.Equal(code, Code(await ground.Get<RunAtHandler>().HandleAsync(caller, run, new(Version: 1), Cancel)));
            Assert.Equal(code, Code(await ground.Get<CompareRunsHandler>().HandleAsync(caller, run, going, Cancel)));
            Assert.Equal(code, Code(await ground.Get<ExportRunHandler>().BeginAsync(caller, run, false, Cancel)));
            Assert.Equal(code, Code(await ground.Get<PlanRetryHandler>().HandleAsync(caller, run, Cancel)));
            var followed = await ground.Get<FollowRunHandler>().HandleAsync(caller, run, null, Cancel).FirstAsync(Cancel);
            Assert.Equal(code, followed.Problems![0].Code);
        }
        var told = (await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, run, null, Cancel)).Problems![0];
        Assert.Contains(made.File, told.Message, StringComparison.Ordinal);

        // Lists, the record and GraphQL know of it.
        var kept = PortalGround.Ok(await ground.Get<ShowArchivedRunHandler>().HandleAsync(ground.Ada, run, Cancel));
        Assert.Equal((Phase.Failed, made.File), (kept.Run.Phase, kept.Archive.File));
        Assert.Equal("NOT_FOUND", Code(await ground.Get<ShowArchivedRunHandler>().HandleAsync(ground.Stranger, run, Cancel)));
        Assert.Equal("NOT_FOUND", Code(await ground.Get<ShowArchivedRunHandler>().HandleAsync(ground.Ada, going, Cancel)));
        Assert.Empty(await ground.Get<ReadRunsHandler>().HandleAsync(ground.Ada, [run], Cancel));
        Assert.Equal([going], (await ground.Get<ReadRunsHandler>().HandleAsync(ground.Ada, [run, going], Cancel)).Keys);
        var past = PortalGround.Ok(await ground.Get<ReadEventsHandler>().HandleAsync(
            ground.Ada, kept.Run.Project, new EventFilter(Streams: [Ledger.StreamOf<Run>(run.Value)]), 0, 100, Cancel));
        Assert.Equal(before.Count, past.Events.Count(recorded => recorded.Body is ArchivedEvent));
        await ground.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(await ground.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);
        var found = PortalGround.Ok(await ground.Get<SearchEventsHandler>().PageAsync(ground.Ada, new() { Run = run }, false, 100, Cancel));
        Assert.Equal(before.Select(recorded => (recorded.Position, recorded.Metadata.Actor)),
            found.Events.Where(recorded => recorded.Body is ArchivedEvent).Select(recorded => (recorded.Position, recorded.Metadata.Actor)));

        var back = PortalGround.Ok(await ground.Get<RestoreArchiveHandler>().HandleAsync(administrator, new(made.Id), Cancel));
        Assert.Equal((administrator.User.ToString(), administrator.User.ToString()), (back.MadeBy.Actor, back.RestoredBy!.Actor));
        Assert.Equal(back, PortalGround.Ok(await ground.Get<RestoreArchiveHandler>().HandleAsync(administrator, new(made.Id), Cancel)));
        Assert.Equal(before.Select(recorded => recorded.Text),
            PortalGround.Ok(await ground.Get<ReadRunEventsHandler>().HandleAsync(ground.Ada, run, 0, 100, Cancel)).Select(recorded => recorded.Text));
    }

    [Fact]
    public async Task Who_is_erased_is_an_id_in_archives_too_and_a_run_that_goes_on_again_stays()
    {
        var run = await EndedAsync();
        var erasures = new ErasureGround(ground);
        var grace = await erasures.PersonAsync();
        var theirs = new Id<Run>(Guid.CreateVersion7());
        var request = PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, run, null, Cancel)).State.Request;
        await ground.HappenAsync<Run>(theirs.Value, request with { RunId = theirs, SubmittedBy = grace.Caller.User!.Value },
            new RunFailed(theirs, new(FailureName.ExitCode, "It broke.")));
        await ground.Get<IDocuments>().CaughtUpAsync<RunView>(await ground.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);
        // Between the list and the archive somebody takes the run up again: then it is not over.
        var upTo = await ground.Get<IEventStore>().HighestPositionAsync(Cancel);
        await ground.HappenAsync<Run>(run.Value, new RunHeld(run, Hold.Blocked, new(FailureName.ExitCode, "It broke.")));
        var archive = PortalGround.Ok(await ground.Get<IArchives>().MakeAsync(administrator,
            [Ledger.StreamOf<Run>(run.Value), Ledger.StreamOf<Run>(theirs.Value)], upTo, null, Cancel));
        Assert.Equal(1, archive!.Streams);

        PortalGround.Ok(await erasures.EraseAsync(await erasures.AdministratorAsync(), grace));
        PortalGround.Ok(await ground.Get<RestoreArchiveHandler>().HandleAsync(administrator, new(archive.ArchiveId), Cancel));
        Assert.Equal(grace.Caller.User, PortalGround.Ok(
            await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, theirs, null, Cancel)).State.Request.SubmittedBy);
    }

    [Fact]
    public async Task A_worker_archives_by_itself_what_ended_long_enough_ago()
    {
        var run = await EndedAsync();
        ArchiveClock After(int days, int later) => new(ground.Get<ArchivableRuns>(), ground.Get<ArchivableNotes>(), new Later(later),
            new() { Folder = TestPortal.ArchivesOf(ground.Portal.Folder), After = days }, TimeProvider.System, NullLogger<ArchiveClock>.Instance);
        using var young = After(10, 9);
        Assert.Equal(0, await young.RoundAsync(Cancel));
        PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, run, null, Cancel));
        using var old = After(10, 11);
        Assert.InRange(await old.RoundAsync(Cancel), 1, 2);
        Assert.Equal(0, await old.RoundAsync(Cancel));
        Assert.Equal("STREAM_ARCHIVED", Code(await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, run, null, Cancel)));
    }

    private sealed class Later(int days) : IChance
    {
        public DateTimeOffset Now => DateTimeOffset.UtcNow.AddDays(days);

        public Guid NewGuid() => Guid.CreateVersion7();
    }

    private static readonly string[] Refusals = ["NOT_FOUND", "FORBIDDEN"];

    private static string Code<T>(Result<T> result) => Assert.Single(result.Problems!).Code;

    private async Task<ArchivedNow> MakeAsync() =>
        PortalGround.Ok(await ground.Get<ArchiveRunsHandler>().HandleAsync(administrator, new(Now), Cancel));

    private async Task<Id<Run>> EndedAsync()
    {
        var run = SchemaGround.RunOf((await ground.RunAsync()).Run);
        await RecordedRun.BreakAsync(ground, run);
        await ground.Get<IDocuments>().CaughtUpAsync<RunView>(await ground.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);
        return run;
    }
}
