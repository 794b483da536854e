using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Audit;

/// <summary>What auditors and administrators read of others is an event, and what anybody else reads is none.</summary>
public sealed class ReadingTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Id<Project> Personal => new(ground.Ada.User!.Value.Value);

    private AccountGround People => new(ground.Portal);

    [Fact]
    public async Task What_an_auditor_of_the_installation_reads_of_a_run_stands_in_its_project_with_reader_and_door()
    {
        var (auditor, run) = (await AuditorAsync(), await RunAsync());
        PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(auditor, run, null, Cancel));
        PortalGround.Ok(await ground.Get<ReadRunEventsHandler>().HandleAsync(auditor, run, 0, 10, Cancel));
        PortalGround.Ok(await ground.Get<ReadLogHandler>().HandleAsync(auditor, new(run, "a", 1, null, "stdout"), 0, 10, Cancel));
        PortalGround.Ok(await ground.Get<ReadMachineEventsHandler>().HandleAsync(auditor, ground.Machine, 10, Cancel));
        PortalGround.Ok(await ground.Get<ReadEventsHandler>().HandleAsync(auditor, Personal, new(), 0, 10, Cancel));
        PortalGround.Ok(await ground.Get<ReadEventsHandler>().HandleAsync(
            auditor, Personal, new(Streams: [Ledger.StreamOf<Run>(run.Value)]), 0, 10, Cancel));

        var read = await ReadByAsync(auditor);
        Assert.Equal([("run", run.ToString()), ("log", $"{run} a"), ("machine", ground.Machine.ToString()),
            ("events", Personal.ToString()), ("events", Ledger.StreamOf<Run>(run.Value))], read.Select(one => (one.Kind, one.About)));
        Assert.All(read, one => Assert.Equal(Personal, one.ProjectId));
        // Who audits reads that they read.
        var told = PortalGround.Ok(await ground.Get<ReadEventsHandler>().HandleAsync(
            auditor, Personal, new(Types: ["record_read"]), 0, 500, Cancel));
        Assert.Contains(told.Events, one => one.Metadata.Actor == auditor.User.ToString() && one.Metadata.Door == "page");
    }

    [Fact]
    public async Task What_owners_viewers_and_strangers_read_is_no_event_nor_is_a_list_without_runs()
    {
        // Who signs up first administers the installation, and is told to read.
        await People.SignUpAsync();
        var (owner, run) = (await People.SignUpAsync(), await RunAsync());
        var members = new MemberGround(ground.Portal);
        var project = await members.ProjectAsync(owner);
        var (viewer, auditor) = (await members.MemberAsync(owner, project, Role.Viewer),
            await members.MemberAsync(owner, project, Role.Auditor));
        PortalGround.Ok(await ground.Get<ReadEventsHandler>().HandleAsync(owner, project, new(), 0, 10, Cancel));
        PortalGround.Ok(await ground.Get<ListRunsHandler>().HandleAsync(viewer, project, new([], "submitted_at"), Cancel));
        PortalGround.Ok(await ground.Get<ListRunsHandler>().HandleAsync(auditor, project, new([], "submitted_at"), Cancel));
        Assert.False((await ground.Get<ShowRunHandler>().HandleAsync(viewer, run, null, Cancel)).Ok);
        foreach (var reader in (Caller[])[owner, viewer, auditor]) Assert.Empty(await ReadByAsync(reader));
        // Of an auditor of the project it is.
        PortalGround.Ok(await ground.Get<ReadEventsHandler>().HandleAsync(auditor, project, new(), 0, 10, Cancel));
        Assert.Equal(project, Assert.Single(await ReadByAsync(auditor)).ProjectId);
    }

    [Fact]
    public async Task A_list_with_runs_of_others_is_noted_once_and_one_of_ones_own_is_not()
    {
        var (auditor, administrator) = (await AuditorAsync(), await People.SignUpAsync());
        await People.HappenAsync(administrator, new AdministratorNamed(administrator.User!.Value));
        var members = new MemberGround(ground.Portal);
        var project = await members.ProjectAsync(administrator);
        await RunAsync();
        await ground.Get<IDocuments>().CaughtUpAsync<RunView>(await ground.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);
        var listed = PortalGround.Ok(await ListAsync(auditor, Personal, []));
        Assert.NotEmpty(listed.Items);
        PortalGround.Ok(await ListAsync(auditor, Personal, []));
        Assert.Equal((Personal, "runs", Personal.ToString()), Parts(Assert.Single(await ReadByAsync(auditor))));

        // Whom it is no list of others to: who submitted all that stand in it, and who finds none.
        var other = await AuditorAsync();
        PortalGround.Ok(await ListAsync(other, Personal, [new("submitted_by", Comparison.Equal, other.User.ToString())]));
        PortalGround.Ok(await ListAsync(administrator, project, []));
        PortalGround.Ok(await ListAsync(ground.Ada, Personal, []));
        foreach (var reader in (Caller[])[other, administrator, ground.Ada])
            Assert.DoesNotContain(await ReadByAsync(reader), one => one.Kind == "runs");

        Task<Result<DocumentPage<RunView>>> ListAsync(Caller caller, Id<Project> within, IReadOnlyList<Condition> where) =>
            ground.Get<ListRunsHandler>().HandleAsync(caller, within, new(where, "submitted_at"), Cancel);
    }

    [Fact]
    public async Task A_search_is_noted_with_its_conditions_and_one_event_with_its_position()
    {
        var (auditor, run) = (await AuditorAsync(), await RunAsync());
        await ground.CaughtUpAsync();
        var (search, ada) = (ground.Get<SearchEventsHandler>(), ground.Ada.User.ToString());
        foreach (var question in (EventQuestion[])[new() { Actor = ada }, new() { Actor = ada, Before = 1 },
            new() { Project = Personal, Types = ["run_failed", "run_submitted"], From = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero) },
            new() { Run = run, Text = "a & b" }, new()])
            PortalGround.Ok(await search.PageAsync(auditor, question, newestFirst: true, 10, Cancel));
        var found = PortalGround.Ok(await search.PageAsync(auditor, new(), newestFirst: true, 1, Cancel)).Events[0].Position;
        PortalGround.Ok(await ground.Get<EventCausesHandler>().FindAsync(auditor, found, Cancel));
        PortalGround.Ok(await search.CountAsync(auditor, new() { Text = new string('x', 1000) }, Cancel));

        var read = (await ReadByAsync(auditor)).Select(one => one.About).ToList();
        Assert.Equal([$"everything actor={ada}",
            $"{Personal} from=2026-03-04T05:06:07Z&type=run_failed,run_submitted", $"{run} text=a%20%26%20b", "everything",
            $"everything event={found}", "everything text=" + new string('x', 392) + "..."], read);
    }

    [Fact]
    public async Task Of_ones_own_run_and_project_nothing_is_noted()
    {
        await People.HappenAsync(ground.Ada, new AdministratorNamed(ground.Ada.User!.Value));
        var (run, elsewhere) = (await RunAsync(), new Id<Project>(Guid.NewGuid()));
        await ground.Get<IDocuments>().CaughtUpAsync<RunView>(await ground.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);
        PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(ground.Ada, run, null, Cancel));
        await ground.Get<Readings>().NoteAsync(ground.Ada, elsewhere, ReadingKind.Crate, run.ToString(), Cancel);
        await ground.Get<Readings>().NoteAsync(ground.Ada, Personal, ReadingKind.Events, Personal.ToString(), Cancel);
        Assert.Empty(await ReadByAsync(ground.Ada));
        // Of the whole installation it is noted, in the reader's own project.
        await ground.Get<Readings>().NoteAsync(ground.Ada, null, ReadingKind.Report, "usage", Cancel);
        Assert.Equal((Personal, "report", "usage"), Parts(Assert.Single(await ReadByAsync(ground.Ada))));
    }

    [Fact]
    public async Task The_same_is_noted_once_in_a_quarter_of_an_hour_and_once_by_many_at_a_time()
    {
        var (auditor, chance) = (await AuditorAsync(), new Chance());
        using var readings = new Readings(ground.Get<Ledger>(), ground.Get<IDocuments>(), chance);
        var token = auditor with { Token = new(Guid.NewGuid(), Scopes.All, null) };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => NoteAsync(auditor, "a")));
        await NoteAsync(token, "a");
        await NoteAsync(auditor, "b");
        chance.Now += Readings.Span - TimeSpan.FromSeconds(1);
        await NoteAsync(auditor, "a");
        Assert.Equal(["a", "a", "b"], (await ReadByAsync(auditor)).Select(one => one.About).Order());
        chance.Now += TimeSpan.FromSeconds(2);
        await NoteAsync(auditor, "a");
        Assert.Equal(["a", "a", "a", "b"], (await ReadByAsync(auditor)).Select(one => one.About).Order());

        Task NoteAsync(Caller caller, string about) => readings.NoteAsync(caller, Personal, ReadingKind.Export, about, Cancel);
    }

    [Fact]
    public async Task Many_runs_are_noted_with_one_append_and_cost_others_nothing()
    {
        var (auditor, first) = (await AuditorAsync(), await RunAsync());
        var second = await RunAsync();
        var all = await ground.Get<ReadRunsHandler>().HandleAsync(auditor, [first, second], Cancel);
        Assert.Equal(2, all.Count);
        Assert.Equal(new[] { first.ToString(), second.ToString() }.Order(), (await ReadByAsync(auditor)).Select(one => one.About).Order());
        var owner = await People.SignUpAsync();
        await ground.Get<Readings>().NoteAsync(owner, Personal, ReadingKind.Run, first.ToString(), Cancel);
        Assert.Equal(0, await SchemaGround.StatementsAsync(
            () => ground.Get<Readings>().NoteAsync(owner, Personal, ReadingKind.Run, second.ToString(), Cancel)));
    }

    private static (Id<Project>, string, string) Parts(RecordRead read) => (read.ProjectId, read.Kind, read.About);

    private async Task<Id<Run>> RunAsync() => SchemaGround.RunOf((await ground.RunAsync()).Run);

    private async Task<Caller> AuditorAsync()
    {
        var auditor = await People.SignUpAsync();
        await People.HappenAsync(auditor, new AuditorNamed(auditor.User!.Value));
        return auditor;
    }

    private async Task<IReadOnlyList<RecordRead>> ReadByAsync(Caller reader)
    {
        var found = new List<RecordRead>();
        var store = ground.Get<IEventStore>();
        // A reader of all events sees one only when nothing that began before it is still under way.
        await ground.Get<IDocuments>().CaughtUpAsync<RunView>(await store.HighestPositionAsync(Cancel), Cancel);
        for (var page = await store.ReadAllAsync(0, 1000, Cancel); page.Count > 0;
            page = await store.ReadAllAsync(page[^1].Position, 1000, Cancel))
            found.AddRange(page.Select(one => one.Body).OfType<RecordRead>().Where(one => one.Reader == reader.User));
        return found;
    }

    private sealed class Chance : IChance
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UtcNow;

        public Guid NewGuid() => Guid.CreateVersion7();
    }
}
