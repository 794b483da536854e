using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Retention;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Retention;

/// <summary>Readings, refusals, exports and sign-ins of long ago: archived with what tells where they were, unless a hold is on
/// what they name.</summary>
public sealed class ArchivedNotesTests(SchemaGround ground) : IClassFixture<SchemaGround>, IAsyncLifetime
{
    private SealingNode sealing = null!;
    private Caller administrator = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AccountGround People => new(ground.Portal);

    public async ValueTask InitializeAsync()
    {
        sealing = new(ground);
        administrator = await People.AdministratorAsync();
    }

    public ValueTask DisposeAsync() => sealing.DisposeAsync();

    [Fact]
    public async Task Notes_go_to_an_archive_of_their_own_are_listed_all_the_same_and_come_back()
    {
        var (grace, project) = await OwnerAsync();
        await ground.Get<SignInNotes>().BeganAsync(grace, new(Guid.NewGuid()), SignInWay.Password, Cancel);
        await ground.Get<SignInNotes>().FailedAsync("192.0.2.7", grace.User!.Value, SignInWay.Password, SignInFault.Wrong, Cancel);
        await ReadAsync(project);
        await CaughtUpAsync();
        // The project's list is asked afterwards alone: what was looked up once is kept.
        var (before, signs) = (await FoundAsync(project), await SignsAsync(grace));
        Assert.Equal(["record_read"], before.Select(note => note.Type));
        Assert.True(PortalGround.Ok(await ground.Get<ArchiveRunsHandler>().CountAsync(administrator, new(Now), Cancel)).Notes >= 3);

        var made = Assert.Single((await MakeAsync()).Archives, archive => archive.Notes > 0);
        Assert.Equal((0, made.Events), (made.Runs, made.Notes));
        Assert.Equal(0, PortalGround.Ok(await ground.Get<ArchiveRunsHandler>().CountAsync(administrator, new(Now), Cancel)).Notes);

        // The project's list and the record still have it, and who signed in when is told.
        var after = await NotesAsync(grace, project);
        var anew = new StreamProjects(ground.Get<IEventStore>(), ground.Get<IDocuments>(), ground.Get<IEventSearch>());
        Assert.Equal(project, await anew.FindAsync(Assert.Single(after), Cancel));
        Assert.Equal(before.Select(note => note.Position), after.Select(note => note.Position));
        Assert.All(after, note => Assert.IsType<ArchivedEvent>(note.Body));
        Assert.Equal(signs.Select(one => (one.At, one.Kind)), (await SignsAsync(grace)).Select(one => (one.At, one.Kind)));
        Assert.Contains(SignInKind.In, signs.Select(one => one.Kind));
        var found = PortalGround.Ok(await ground.Get<SearchEventsHandler>().PageAsync(grace,
            new() { Project = project, Types = ["record_read"], Actor = administrator.User.ToString() }, false, 10, Cancel));
        Assert.Equal(before.Select(note => note.Position), found.Events.Select(note => note.Position));

        PortalGround.Ok(await ground.Get<RestoreArchiveHandler>().HandleAsync(administrator, new(made.Id), Cancel));
        Assert.Equal(before.Select(note => note.Text), (await NotesAsync(grace, project)).Select(note => note.Text));
        Assert.Equal(signs, await SignsAsync(grace));
    }

    [Theory]
    [InlineData("the project"), InlineData("the reader"), InlineData("the reader's token"), InlineData("the run that was read")]
    public async Task What_names_something_that_is_held_stays(string what)
    {
        var (_, project) = await OwnerAsync();
        var run = new Id<Run>(Guid.CreateVersion7());
        var token = await ground.Get<Ledger>().TokenAsync(
            administrator, new("reads", [Scope.GetEvent], null, [], TimeSpan.FromHours(1)));
        var program = administrator with { Token = new(token.Id.Value, [Scope.GetEvent], null) };
        await ground.Get<Denials>().NoteAsync(program, project, Operation.ChangeRole, "FORBIDDEN", Cancel);
        await ground.Get<Readings>().NoteAsync(administrator, project, ReadingKind.Log, $"{run} a", Cancel);
        await CaughtUpAsync();
        var (kind, subject) = what switch
        {
            "the project" => (HeldKind.Project, project.Value),
            "the run that was read" => (HeldKind.Run, run.Value),
            _ => (HeldKind.Person, administrator.User!.Value.Value),
        };
        var hold = new Id<RetentionHold>(Guid.CreateVersion7());
        await ground.HappenAsync<RetentionHold>(
            hold.Value, new RetentionHoldPlaced(hold, kind, subject, "case 7", null, administrator.User!.Value));

        var count = PortalGround.Ok(await ground.Get<ArchiveRunsHandler>().CountAsync(administrator, new(Now), Cancel));
        Assert.True(count.HeldNotes >= 1);
        await MakeAsync();
        var kept = await FoundAsync(project);
        var stays = what == "the reader's token" ? "access_denied" : "record_read";
        Assert.DoesNotContain(kept, note => note.Type == stays && note.Body is ArchivedEvent);
        if (kind == HeldKind.Run) Assert.Contains(kept, note => note is { Type: "access_denied", Body: ArchivedEvent });

        PortalGround.Ok(await ground.Get<LiftRetentionHoldHandler>().HandleAsync(administrator, new(hold), Cancel));
        await MakeAsync();
        Assert.All(await FoundAsync(project), note => Assert.IsType<ArchivedEvent>(note.Body));
    }

    private DateTimeOffset Now => ground.Get<IChance>().Now;

    private async Task<(Caller Owner, Id<Project> Project)> OwnerAsync()
    {
        var owner = await People.SignUpAsync();
        return (owner, await new MemberGround(ground.Portal).ProjectAsync(owner));
    }

    private Task ReadAsync(Id<Project> project) =>
        ground.Get<Readings>().NoteAsync(administrator, project, ReadingKind.Report, "usage", Cancel);

    private async Task CaughtUpAsync()
    {
        var position = await ground.Get<IEventStore>().HighestPositionAsync(Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(position, Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<RunView>(position, Cancel);
    }

    private async Task<ArchivedNow> MakeAsync() =>
        PortalGround.Ok(await ground.Get<ArchiveRunsHandler>().HandleAsync(administrator, new(Now), Cancel));

    // As a member reads a project's events, one behind the other.
    private async Task<List<Recorded>> NotesAsync(Caller reader, Id<Project> project) =>
        [.. PortalGround.Ok(await ground.Get<ReadEventsHandler>().HandleAsync(
            reader, project, new(Types: ["record_read"]), 0, 100, Cancel)).Events];

    private async Task<IReadOnlyList<Recorded>> FoundAsync(Id<Project> project) => (await ground.Get<IEventSearch>().PageAsync(new()
    {
        Types = ["record_read", "access_denied"],
        Keys = new Dictionary<string, IReadOnlyCollection<Guid>> { [EventSearchIndex.Project] = [project.Value] },
    }, false, 100, Cancel)).Events;

    private async Task<IReadOnlyList<NotedSignIn>> SignsAsync(Caller person) =>
        PortalGround.Ok(await ground.Get<SignInsHandler>().HandleAsync(person, null, null, 10, Cancel)).Items;
}
