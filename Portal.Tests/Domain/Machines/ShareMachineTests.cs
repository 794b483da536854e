using Portal.Domain.AccessTokens;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Domain.Machines;

/// <summary>A machine of one project that the members of another use, each with a key of their own.</summary>
public sealed class ShareMachineTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Ada keeps the machine in her own project; the stranger is a member of this one, and not of hers.
    private Id<Project> With => new(ground.Stranger.User!.Value.Value);

    [Fact]
    public async Task Who_keeps_machines_in_both_projects_shares_and_members_of_the_other_use_it_with_their_own_key()
    {
        Assert.Equal("NOT_FOUND", Code(await ShareAsync(ground.Ada)));
        await JoinAsync(Role.Submitter);
        Assert.Equal("FORBIDDEN", Code(await ShareAsync(ground.Ada)));
        await JoinAsync(Role.Maintainer);
        Assert.Equal("NOT_FOUND", Code(await ShareAsync(ground.Stranger)));
        Assert.Equal("FORBIDDEN", Code(await ShareAsync(Token(ground.Ada, Scope.GetMachine))));
        Assert.Equal("INVALID_INPUT", Code(await ground.Get<ShareMachineHandler>().HandleAsync(
            ground.Ada, new(ground.Machine, new(ground.Ada.User!.Value.Value)), Cancel)));
        Assert.Equal("NOT_FOUND", Code(await ShowAsync(ground.Stranger)));
        PortalGround.Ok(await ShareAsync(Token(ground.Ada, Scope.KeepMachine)));
        PortalGround.Ok(await ShareAsync(ground.Ada));
        Assert.Single(PortalGround.Ok(await ShowAsync(ground.Ada)).Shares);

        var seen = Assert.Single(PortalGround.Ok(await ground.Get<ListMachinesHandler>().HandleAsync(ground.Stranger, With,
            new([]), Cancel)).Items);
        Assert.Equal((ground.Machine, "Personal"), (seen.Id, seen.SharedFrom(With)));
        var settings = PortalGround.Ok(await ShowAsync(ground.Stranger)).Settings;
        Assert.Equal("NOT_FOUND", Code(await ground.Get<ChangeMachineHandler>().HandleAsync(ground.Stranger, new(ground.Machine,
            settings), Cancel)));
        Assert.Equal("CREDENTIAL_NEEDED", Code(await SubmitAsync(ground.Stranger, "")));
        var key = PortalGround.Ok(await ground.Get<CreateCredentialHandler>().HandleAsync(ground.Stranger,
            new(new(Guid.CreateVersion7()), ground.Machine), Cancel));
        Assert.Equal("TOKEN_WRONG", Code(await SubmitAsync(ground.Stranger, ground.Token)));
        var run = PortalGround.Ok(await SubmitAsync(ground.Stranger, key.SecurityToken)).State.Request;
        Assert.Equal((With, ground.Machine, key.Id), (run.ProjectId, run.MachineId, run.CredentialId));

        // They follow it, too, as long as it is shared.
        var begun = await ground.Get<IEventStore>().HighestPositionAsync(Cancel);
        await using var changes = ground.Get<FollowMachineHandler>().HandleAsync(ground.Stranger, ground.Machine, begun, Cancel)
            .GetAsyncEnumerator(Cancel);
        await ground.HappenAsync<Machine>(ground.Machine.Value, new MachineSettingsChanged(ground.Machine, settings));
        Assert.True(await changes.MoveNextAsync());
        Assert.Equal(ground.Machine, PortalGround.Ok(changes.Current).Machine.Id);

        // Ada's runs are her own project's where nothing is said, and the other's where that is.
        Assert.Equal(new(ground.Ada.User!.Value.Value), PortalGround.Ok(await SubmitAsync(ground.Ada, ground.Token))
            .State.Request.ProjectId);
        var there = PortalGround.Ok(await SubmitAsync(ground.Ada, ground.Token, With)).State.Request;
        Assert.Equal(With, there.ProjectId);
        Assert.Equal("NOT_FOUND", Code(await SubmitAsync(ground.Ada, ground.Token, new(Guid.CreateVersion7()))));
        Assert.Equal("NOT_FOUND", Code(await SubmitAsync(ground.Stranger, key.SecurityToken, new(ground.Ada.User!.Value.Value))));

        Assert.Equal("NOT_FOUND", Code(await UnshareAsync(ground.Stranger with { User = new(Guid.CreateVersion7()) })));
        PortalGround.Ok(await UnshareAsync(ground.Stranger));
        PortalGround.Ok(await UnshareAsync(ground.Ada));
        foreach (var id in new[] { run.RunId, there.RunId })
            Assert.Equal("revoked", PortalGround.Ok(await ground.Get<ShowRunHandler>().HandleAsync(ground.Stranger, id, null,
                Cancel)).State.Lease!.Ended);
        Assert.Equal("NOT_SHARED", Code(await ground.Get<GiveTokenHandler>().HandleAsync(ground.Stranger, new(run.RunId,
            key.SecurityToken), Cancel)));
        Assert.Equal("NOT_FOUND", Code(await ShowAsync(ground.Stranger)));
        while (await changes.MoveNextAsync() && changes.Current.Ok) { }
        Assert.Equal("NOT_FOUND", Code(changes.Current));
        Assert.Equal("NOT_FOUND", Code(await SubmitAsync(ground.Stranger, key.SecurityToken)));
        Assert.Empty(PortalGround.Ok(await ground.Get<ListMachinesHandler>().HandleAsync(ground.Stranger, With, new([]), Cancel))
            .Items);
        // One's own key is revoked all the same.
        PortalGround.Ok(await ground.Get<RevokeCredentialHandler>().HandleAsync(ground.Stranger, key.Id, Cancel));
    }

    [Fact]
    public void Projects_that_share_a_machine_hear_nothing_of_one_another()
    {
        var (own, one, two) = (new Id<Project>(Guid.NewGuid()), new Id<Project>(Guid.NewGuid()), new Id<Project>(Guid.NewGuid()));
        var machine = new MachineView(default, own, Machine.Empty.Settings, [], [], MachineState.Ready, null, null, null, null,
            default)
        {
            Shares = [new(one, "One", "Own", default), new(two, "Two", "Own", default)],
        };
        Assert.Equal(["One", "Two"], machine.As(own).Shares.Select(share => share.Name));
        Assert.Equal(["Two"], machine.As(two).Shares.Select(share => share.Name));
        Assert.Equal([true, true, true, false], new[] { own, one, two, new Id<Project>(Guid.NewGuid()) }.Select(machine.Serves));
    }

    private static string? Code<T>(Result<T> answer) => answer.Problems?[0].Code;

    private static Caller Token(Caller caller, Scope scope) => caller with { Token = new(Guid.CreateVersion7(), [scope], null) };

    private Task JoinAsync(Role role) => ground.HappenAsync<Project>(With.Value, new MemberAdded(With, "Personal",
        ground.Ada.User!.Value, role));

    private Task<Result<MachineView>> ShowAsync(Caller caller) =>
        ground.Get<ShowMachineHandler>().HandleAsync(caller, ground.Machine, Cancel);

    private Task<Result<Machine>> ShareAsync(Caller caller) =>
        ground.Get<ShareMachineHandler>().HandleAsync(caller, new(ground.Machine, With), Cancel);

    private Task<Result<Machine>> UnshareAsync(Caller caller) =>
        ground.Get<UnshareMachineHandler>().HandleAsync(caller, new(ground.Machine, With), Cancel);

    private Task<Result<Loaded<Run>>> SubmitAsync(Caller caller, string token, Id<Project>? project = null) =>
        ground.Get<SubmitRunHandler>().HandleAsync(caller, new(new(Guid.CreateVersion7()), ground.Machine, null, null, null,
            SchemaGround.Description, new Dictionary<string, string>(), token, Project: project), Cancel);
}
