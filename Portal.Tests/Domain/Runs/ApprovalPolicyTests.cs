using Portal.Domain.AccessTokens;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Runs;

/// <summary>Who may look and who may decide, asked by each role, by a stranger and by an access token, in a portal that does no
/// work.</summary>
public sealed class ApprovalPolicyTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string Hash = "aa";
    private static readonly ApprovalRules Rules = new(CodeRule.New, false, null, false);

    // Null is a stranger.
    public static TheoryData<Role?> Everybody =>
        new([Role.Viewer, Role.Auditor, Role.Submitter, Role.Maintainer, Role.Owner, (Role?)null]);

    [Theory, MemberData(nameof(Everybody))]
    public async Task Maintainers_and_owners_decide_and_owners_make_the_rules(Role? role)
    {
        var (project, owner) = await ProjectAsync();
        var caller = role is { } one ? await MemberAsync(project, one) : Person();
        string? Refused(params Role[] may) => role is null ? "NOT_FOUND" : may.Contains(role.Value) ? null : "FORBIDDEN";

        var rules = await ground.Get<ChangeApprovalRulesHandler>().HandleAsync(caller, new(project, Rules), default);
        Assert.Equal(Refused(Role.Owner), rules.Problems?[0].Code);
        var shown = await ground.Get<ShowApprovalRulesHandler>().HandleAsync(caller, project, default);
        Assert.Equal(role is null ? "NOT_FOUND" : null, shown.Problems?[0].Code);

        var run = await WaitingAsync(project, owner.User!.Value);
        Assert.Equal(Refused(Enum.GetValues<Role>()), (await LookAsync(caller, run)).Problems?[0].Code);
        Assert.Equal(Refused(Enum.GetValues<Role>()), (await ListAsync(caller, project)).Problems?[0].Code);
        Assert.Equal(role is Role.Maintainer or Role.Owner, (await MineAsync(caller)).Any(waiting => waiting.Run.Id == run));
        foreach (var approve in (bool[])[true, false])
        {
            var waits = await WaitingAsync(project, owner.User.Value);
            Assert.Equal(Refused(Role.Maintainer, Role.Owner), (await DecideAsync(caller, waits, approve)).Problems?[0].Code);
        }
    }

    [Fact]
    public async Task An_access_token_looks_and_neither_decides_nor_makes_rules()
    {
        var (project, owner) = await ProjectAsync();
        var token = owner with { Token = new ShownToken(Guid.NewGuid(), Scopes.All, null) };
        var run = await WaitingAsync(project, Person().User!.Value);
        Assert.Equal("FORBIDDEN", (await DecideAsync(token, run, true)).Problems![0].Code);
        Assert.Equal("FORBIDDEN", (await DecideAsync(token, run, false)).Problems![0].Code);
        var rules = ground.Get<ChangeApprovalRulesHandler>();
        var loosened = await rules.HandleAsync(token, new(project, ApprovalRules.None), default);
        Assert.Equal("FORBIDDEN", loosened.Problems![0].Code);
        var look = PortalGround.Ok(await LookAsync(token, run));
        Assert.Equal((ApprovalStage.Waiting, false, false), (look.State.Stage, look.Decides, look.Approves));
        Assert.Contains(await MineAsync(token), waiting => waiting.Run.Id == run);
        var blind = token with { Token = new ShownToken(Guid.NewGuid(), [Scope.GetMachine], null) };
        Assert.Empty(await MineAsync(blind));
    }

    [Fact]
    public async Task Ones_own_run_takes_somebody_else_where_there_is_one_unless_the_project_says_otherwise()
    {
        var (project, owner) = await ProjectAsync();
        // Nobody else could.
        PortalGround.Ok(await DecideAsync(owner, await WaitingAsync(project, owner.User!.Value), true));
        await MemberAsync(project, Role.Maintainer);
        var run = await WaitingAsync(project, owner.User.Value);
        Assert.False(PortalGround.Ok(await LookAsync(owner, run)).Approves);
        Assert.False(Assert.Single(await MineAsync(owner), waiting => waiting.Run.Id == run).Approves);
        Assert.Equal("OWN_RUN", (await DecideAsync(owner, run, true)).Problems![0].Code);
        await ground.HappenAsync<Project>(project.Value, new ApprovalRulesChanged(project, Rules with { Own = true }));
        Assert.True(PortalGround.Ok(await LookAsync(owner, run)).Approves);
        PortalGround.Ok(await DecideAsync(owner, run, true));
        Assert.True(PortalGround.Ok(await LookAsync(owner, run)).State is { Stage: ApprovalStage.Approved });
    }

    [Fact]
    public async Task Who_approves_is_told_what_was_approved_last_and_by_which_client_it_came()
    {
        var (project, owner) = await ProjectAsync();
        var token = await ground.AccessTokenAsync(ground.Ada);
        var first = await WaitingAsync(project, owner.User!.Value);
        Assert.Null(PortalGround.Ok(await LookAsync(owner, first)).Before);
        PortalGround.Ok(await DecideAsync(owner, first, true));
        var second = await WaitingAsync(project, owner.User.Value, token.Id.Value);
        var look = PortalGround.Ok(await LookAsync(owner, second));
        Assert.Equal((first, "tests", "rest"), (look.Before!.State.Request.RunId, look.Client, look.Run.Sender!.Door));
    }

    private async Task<(Id<Project> Id, Caller Owner)> ProjectAsync()
    {
        var (project, owner) = (new Id<Project>(Guid.CreateVersion7()), Person());
        await ground.HappenAsync<Project>(project.Value, new ProjectCreated(project, "Tides", owner.User!.Value, false));
        return (project, owner);
    }

    private async Task<Caller> MemberAsync(Id<Project> project, Role role)
    {
        var member = Person();
        await ground.HappenAsync<Project>(project.Value, new MemberAdded(project, "Tides", member.User!.Value, role));
        return member;
    }

    private Caller Person() => ground.Ada with { User = new Id<User>(Guid.CreateVersion7()) };

    // A run that waits, as its worker would have written it, and lists show it.
    private async Task<Id<Run>> WaitingAsync(Id<Project> project, Id<User> submitter, Guid? token = null)
    {
        var run = new Id<Run>(Guid.CreateVersion7());
        object[] facts =
        [
            Given.Submitted with { RunId = run, ProjectId = project, SubmittedBy = submitter }, new ApprovalDemanded(run, Rules),
            new PhaseEntered(run, Phase.AwaitingApproval), new ApprovalAsked(run, Hash, Hash, null, [ApprovalReason.NewCode], 1),
        ];
        var shown = token is { } id ? new ShownToken(id, [], null) : null;
        var sender = new Caller(submitter, shown, "rest", false, Guid.CreateVersion7(), null);
        var written = PortalGround.Ok(await ground.Get<Ledger>().AppendAsync(
            sender, [new(Ledger.StreamOf<Run>(run.Value), 0, facts)], default));
        await ground.Get<IDocuments>().CaughtUpAsync<RunView>(written.Position, default);
        return run;
    }

    private Task<Result<Run>> DecideAsync(Caller caller, Id<Run> run, bool approve) =>
        ground.Get<DecideApprovalHandler>().HandleAsync(caller, new(run, Hash, approve), default);

    private Task<Result<ShownApproval>> LookAsync(Caller caller, Id<Run> run) =>
        ground.Get<ShowApprovalHandler>().HandleAsync(caller, run, default);

    private Task<Result<DocumentPage<RunView>>> ListAsync(Caller caller, Id<Project> project) =>
        ground.Get<ListApprovalsHandler>().HandleAsync(caller, project, new([]), default);

    private Task<IReadOnlyList<WaitingRun>> MineAsync(Caller caller) =>
        ground.Get<MyApprovalsHandler>().HandleAsync(caller, default);
}
