using System.Text.RegularExpressions;
using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Accounts;

/// <summary>Auditors of the installation: what they reach, what they do not, and how they come and go.</summary>
public sealed class AuditorTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AccountGround People => new(ground.Portal);

    private MemberGround Members => new(ground.Portal);

    [Fact]
    public void What_is_so_already_is_no_event_and_who_is_shut_out_is_not_named()
    {
        var person = new Id<User>(Guid.NewGuid());
        Assert.Equal([new AuditorNamed(person)], ChangeAuditor.Decide(Account.Empty, new(person, true)).Value!);
        Assert.Empty(ChangeAuditor.Decide(new(false, false, true), new(person, true)).Value!);
        Assert.Equal([new AuditorRemoved(person)], ChangeAuditor.Decide(new(true, true, true), new(person, false)).Value!);
        Assert.Equal("ACCOUNT_DISABLED", Assert.Single(ChangeAuditor.Decide(new(true, false), new(person, true)).Problems!).Code);
    }

    [Fact]
    public async Task An_auditor_sees_every_project_from_the_moment_they_are_named_until_they_are_removed()
    {
        var (administrator, grace) = (await People.AdministratorAsync(), await People.SignUpAsync());
        var (machine, id) = await ground.RunAsync();
        var (run, personal) = (SchemaGround.RunOf(id), new Id<Project>(ground.Ada.User!.Value.Value));
        var project = (await ground.Get<Ledger>().LoadAsync<Run>(run.Value, Cancel)).State.Request.ProjectId;
        Assert.Null(await Members.RoleAsync(grace, project));

        var named = PortalGround.Ok(
            await ground.Get<ChangeAuditorHandler>().HandleAsync(administrator, new(grace.User!.Value, true), Cancel));

        Assert.True(named.Auditor);
        Assert.Equal(Role.Auditor, await Members.RoleAsync(grace, project));
        Assert.Equal(Role.Auditor, await Members.RoleAsync(grace, personal));
        PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(grace, run, null, Cancel));
        PortalGround.Ok(await ground.Get<ReadEventsHandler>().HandleAsync(grace, project, new(), 0, 10, Cancel));
        PortalGround.Ok(await ground.Get<ListRunsHandler>().HandleAsync(grace, project, new([], "submitted_at"), Cancel));
        Assert.Contains(PortalGround.Ok(await ground.Get<AllProjectsHandler>().HandleAsync(grace, "person", new([], "name"), Cancel)).Items,
            listed => listed.Place.Project == personal && listed.Owner == ground.Ada.User);

        PortalGround.Ok(await ground.Get<ChangeAuditorHandler>().HandleAsync(administrator, new(grace.User!.Value, false), Cancel));
        Assert.Equal("NOT_FOUND", Code(await ground.Get<ShowRunHandler>().HandleAsync(grace, run, null, Cancel)));
        Assert.Equal("FORBIDDEN", Code(await ground.Get<AllProjectsHandler>().HandleAsync(grace, null, new([], "name"), Cancel)));
        Assert.Equal([typeof(AuditorNamed), typeof(AuditorRemoved)],
            (await People.FactsAsync(grace)).Select(fact => fact.GetType()));
        Assert.NotNull(machine);
    }

    [Fact]
    public async Task An_auditor_changes_nothing_and_takes_no_members_place()
    {
        var (auditor, owner) = (await AuditorAsync(), await People.SignUpAsync());
        var project = await Members.ProjectAsync(owner);
        var (_, id) = await ground.RunAsync();
        var run = SchemaGround.RunOf(id);
        foreach (var (operation, may) in Enum.GetValues<Operation>().Where(one => Policy.Of(one).Permission is not null)
            .Select(one => (one, Policy.IsAuditing(one))))
        {
            var refusal = await ground.Get<Portal.Domain.Projects.Access>().RefusalAsync(auditor, project, operation, "thing", Cancel);
            Assert.Equal(may ? null : "FORBIDDEN", refusal?.Code);
        }
        Assert.Equal("FORBIDDEN", Code(await ground.Get<LeaveProjectHandler>().HandleAsync(auditor, new(project), Cancel)));
        Assert.Equal("FORBIDDEN", Code(await ground.Get<CancelRunHandler>().HandleAsync(auditor, new(run), Cancel)));
        // Of a project that is not, there is nothing to see.
        Assert.Null(await Members.RoleAsync(auditor, new(Guid.NewGuid())));
    }

    [Fact]
    public async Task Whatever_is_for_auditors_only_looks()
    {
        // What changes something has another name. Sealing adds a signature to the record, and changes nothing that it tells.
        // The first of all accounts administers.
        await People.AdministratorAsync();
        var auditor = await AuditorAsync();
        var looks = new Regex("^(Show|List|Read|Open|Export|Report)[A-Z]|^SealNow$");
        foreach (var operation in Enum.GetValues<Operation>())
        {
            var rule = Policy.Of(operation);
            if (Policy.IsAuditing(operation) || rule.Auditor) Assert.Matches(looks, operation.ToString());
            if (rule is { Administrator: false, Auditor: false }) continue;
            var refusal = await ground.Get<Portal.Domain.Projects.Access>().RefusalAsync(auditor, operation, "thing", Cancel);
            Assert.Equal((operation, rule.Auditor ? null : "FORBIDDEN"), (operation, refusal?.Code));
        }
    }

    [Fact]
    public async Task What_an_auditor_may_change_anybody_may_of_their_own()
    {
        // Whether the table tells the truth is asked by AccessTableTests.
        var lines = (await File.ReadAllLinesAsync(Repository.PathOf("docs", "access.md"), Cancel))
            .Where(line => line.StartsWith('|')).Select(Cells).ToList();
        var changes = lines.Where(cells => cells[0].Split(' ')[0] is "`mutation" or "`POST" or "`PUT" or "`DELETE").ToList();
        Assert.True(changes.Count > 60, $"{changes.Count} rows change something.");
        Assert.Equal(["`POST /seals`", "`mutation sealNow`"], Beyond("installation auditor", "stranger"));
        Assert.Empty(Beyond("auditor", "viewer"));

        IEnumerable<string> Beyond(string who, string others) => changes
            .Where(cells => cells[lines[0].IndexOf(who)] == "yes" && cells[lines[0].IndexOf(others)] != "yes").Select(cells => cells[0])
            .Order(StringComparer.Ordinal);

        static List<string> Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
    }

    [Fact]
    public async Task Who_is_shut_out_and_a_token_of_another_project_see_nothing()
    {
        var (auditor, owner) = (await AuditorAsync(), await People.SignUpAsync());
        var (project, other) = (await Members.ProjectAsync(owner), await Members.ProjectAsync(owner));
        var (events, runs) = (Token(auditor, Scope.GetEvent), Token(auditor, Scope.GetJob));
        Assert.Null(await RefusalAsync(events, Operation.ReadEvents));
        Assert.Equal("FORBIDDEN", await RefusalAsync(runs, Operation.ReadEvents));
        Assert.Null(await RefusalAsync(runs with { Token = runs.Token! with { Project = project } }, Operation.ShowRuns));
        Assert.Equal("NOT_FOUND", await RefusalAsync(runs with { Token = runs.Token! with { Project = other } }, Operation.ShowRuns));
        await People.HappenAsync(auditor, new AccountDisabled(auditor.User!.Value));
        Assert.Equal("NOT_FOUND", await RefusalAsync(auditor, Operation.ShowRuns));

        async Task<string?> RefusalAsync(Caller caller, Operation operation) =>
            (await ground.Get<Portal.Domain.Projects.Access>().RefusalAsync(caller, project, operation, "run", Cancel))?.Code;
    }

    [Fact]
    public async Task A_viewer_who_audits_reads_events_and_what_is_followed_ends_when_they_are_removed()
    {
        var (auditor, owner) = (await AuditorAsync(), await People.SignUpAsync());
        var project = await Members.ProjectAsync(owner);
        PortalGround.Ok(await Members.AcceptAsync(
            auditor, PortalGround.Ok(await Members.InviteAsync(owner, project, Role.Viewer, person: auditor.User)).Secret));
        await using var followed = ground.Get<FollowEventsHandler>().HandleAsync(auditor, project, new(), null, Cancel)
            .GetAsyncEnumerator(Cancel);
        var next = followed.MoveNextAsync();
        await Task.Yield();
        await People.HappenAsync(auditor, new AuditorRemoved(auditor.User!.Value));
        Assert.True(await next);
        while (followed.Current.Ok) Assert.True(await followed.MoveNextAsync());
        Assert.Equal("FORBIDDEN", followed.Current.Problems![0].Code);
    }

    private async Task<Caller> AuditorAsync()
    {
        var auditor = await People.SignUpAsync();
        await People.HappenAsync(auditor, new AuditorNamed(auditor.User!.Value));
        return auditor;
    }

    private static Caller Token(Caller caller, Scope scope) => caller with { Token = new(Guid.NewGuid(), [scope], null) };

    private static string Code<T>(Result<T> result) => Assert.Single(result.Problems!).Code;
}
