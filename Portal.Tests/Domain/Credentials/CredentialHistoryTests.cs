using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;
using Portal.Tests.GraphQL.PortalSchemas;
using static Portal.Domain.Credentials.CredentialEventKind;

namespace Portal.Tests.Domain.Credentials;

/// <summary>What happened to a key: in one list, and as far as somebody may see it.</summary>
public sealed class CredentialHistoryTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private MemberGround People => new(ground.Portal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_owner_sees_all_of_it_newest_first_and_in_pages()
    {
        var owner = await People.SignUpAsync();
        var (key, _) = await KeyAsync(owner, await People.ProjectAsync(owner));
        Assert.Equal([Revoked, CredentialEventKind.LeaseEnded, Used, Used, Leased, CredentialEventKind.HostKeyChanged, Tested,
            Made, HostKeyPinned], await KindsAsync(owner, key));
        var first = PortalGround.Ok(await HistoryAsync(owner, key, null, 4));
        Assert.True(first.More);
        Assert.Equal([(KeyUse.Submit, "a"), (KeyUse.Stage, null)],
            first.Events.Where(one => one.Kind == Used).Select(one => (one.Mark!.Use!.Value, one.Mark.Step)));
        Assert.Equal("expired", first.Events[1].Mark!.Reason);
        var second = PortalGround.Ok(await HistoryAsync(owner, key, first.Events[^1].Position, 200));
        Assert.False(second.More);
        Assert.Equal([Leased, CredentialEventKind.HostKeyChanged, Tested, Made, HostKeyPinned], second.Events.Select(one =>
            one.Kind));
        Assert.Equal("INVALID_INPUT", (await HistoryAsync(owner, key, null, 0)).Problems![0].Code);
    }

    [Fact]
    public async Task One_that_was_replaced_names_the_other()
    {
        var machine = await ground.ReadyMachineAsync("replaced");
        var (first, second) = (await MadeAsync(), await MadeAsync());
        var last = PortalGround.Ok(await HistoryAsync(ground.Ada, first.Id, null, 1)).Events[0];
        Assert.Equal((Rotated, second.Id, second.Fingerprint), (last.Kind, last.Successor!.Value, last.Detail));
        Assert.All(PortalGround.Ok(await HistoryAsync(ground.Ada, second.Id, null, 10)).Events, one => Assert
            .Null(one.Successor));

        async Task<CredentialView> MadeAsync()
        {
            var made = PortalGround.Ok(await ground.Get<CreateCredentialHandler>().HandleAsync(
                ground.Ada, new(new(Guid.CreateVersion7()), machine), Cancel));
            Secrets.Note("a security token", made.SecurityToken, SecretKind.Shown);
            return (await ground.Get<IDocuments>().QueryAsync<CredentialView>(
                new([new("machine", Comparison.Equal, machine.ToString()), new("ended", Comparison.Equal, null)]), Cancel)).Items
                    .Single();
        }
    }

    [Fact]
    public async Task An_auditor_sees_what_the_runs_of_their_project_did_with_it_and_others_see_nothing()
    {
        var owner = await People.SignUpAsync();
        var (project, other) = (await People.ProjectAsync(owner), await People.ProjectAsync(owner));
        var (key, _) = await KeyAsync(owner, project);
        var elsewhere = await RunAsync(key, other, owner);
        await ground.HappenAsync<Run>(elsewhere.Value, new CredentialUsed(elsewhere, key, new(elsewhere.Value), KeyUse.Collect));
        await CaughtUpAsync();
        var (auditor, viewer) = (await People.MemberAsync(owner, project, Role.Auditor), await People.MemberAsync(owner,
            project, Role.Viewer));
        Assert.Contains((Used, KeyUse.Collect), await UsesAsync(owner, key));
        var seen = await UsesAsync(auditor, key);
        Assert.Contains((Used, KeyUse.Submit), seen);
        Assert.DoesNotContain((Used, KeyUse.Collect), seen);
        Assert.Contains((Made, null), seen);
        foreach (var nobody in new[] { viewer, ground.Stranger, await People.MemberAsync(owner, other, Role.Viewer) })
        {
            Assert.Equal("NOT_FOUND", (await HistoryAsync(nobody, key, null, 10)).Problems![0].Code);
            Assert.Equal("NOT_FOUND", (await ground.Get<CredentialAtHandler>().HandleAsync(nobody, key, null, Cancel))
                .Problems![0].Code);
        }
        var was = PortalGround.Ok(await ground.Get<CredentialAtHandler>().HandleAsync(auditor, key, new(Version: 1), Cancel));
        Assert.Null(was.State.Ended);
        Assert.Equal("revoked", was.At(was.Latest).State.Ended);
    }

    [Fact]
    public async Task A_key_that_is_opened_to_look_behind_a_jump_host_is_told_of()
    {
        var machine = new Id<Machine>(Guid.CreateVersion7());
        PortalGround.Ok(await ground.Get<RegisterMachineHandler>().HandleAsync(ground.Ada, new(machine,
            new(ground.Ada.User!.Value.Value),
            new("behind", "10.255.255.1", 22, "ada", "/work", null, null, "none", [], ["ada@127.0.0.1:9"])), Cancel));
        var made = PortalGround.Ok(await ground.Get<CreateCredentialHandler>().HandleAsync(
            ground.Ada, new(new(Guid.CreateVersion7()), machine), Cancel));
        Secrets.Note("a security token", made.SecurityToken, SecretKind.Shown);
        // Nobody answers there; that the key was opened is told all the same, and only where it was.
        await ground.Get<ScanHostKeysHandler>().HandleAsync(ground.Ada, new(machine), Cancel);
        await ground.Get<ScanHostKeysHandler>().HandleAsync(ground.Ada, new(machine, made.SecurityToken), Cancel);
        Assert.Equal([Opened, Made], await KindsAsync(ground.Ada, made.Id));
    }

    private async Task<(Id<Credential> Key, Id<Run> Run)> KeyAsync(Caller owner, Id<Project> project)
    {
        var (machine, key) = (new Id<Machine>(Guid.CreateVersion7()), new Id<Credential>(Guid.CreateVersion7()));
        await ground.HappenAsync<Machine>(machine.Value, new MachineRegistered(machine, project, owner.User!.Value,
            Machine.Empty.Settings),
            new HostKeysPinned(machine, [new("ssh-ed25519", "SHA256:abc", "AAAA")]));
        await ground.HappenAsync<Credential>(key.Value, new CredentialCreated(key, project, machine, owner.User.Value,
            "ssh-ed25519 AAAA", "SHA256:k"));
        await ground.HappenAsync<Credential>(key.Value, new CredentialTested(key, true));
        await ground.HappenAsync<Machine>(machine.Value, new HostKeyChanged(machine, "SHA256:other"));
        var run = await RunAsync(key, project, owner);
        await ground.HappenAsync<Run>(run.Value, new CredentialUsed(run, key, new(run.Value), KeyUse.Stage),
            new CredentialUsed(run, key, new(run.Value), KeyUse.Submit, "a"), new LeaseEnded(run, new(run.Value), "expired"));
        await ground.HappenAsync<Credential>(key.Value, new CredentialRevoked(key));
        // What the machine shows to others afterwards is no affair of this key.
        await ground.HappenAsync<Machine>(machine.Value, new HostKeysPinned(machine, [new("ssh-ed25519", "SHA256:new", "BBBB")]));
        await CaughtUpAsync();
        return (key, run);
    }

    private async Task<Id<Run>> RunAsync(Id<Credential> key, Id<Project> project, Caller owner)
    {
        var run = new Id<Run>(Guid.CreateVersion7());
        await ground.HappenAsync<Run>(run.Value, Given.Submitted with { RunId = run, ProjectId = project,
            SubmittedBy = owner.User!.Value },
            new LeaseGranted(run, new(run.Value), key, owner.User.Value, Given.Start));
        return run;
    }

    private async Task CaughtUpAsync() => await ground.Get<IDocuments>().CaughtUpAsync<CredentialMark>(
        await ground.Get<IEventStore>().HighestPositionAsync(Cancel), Cancel);

    private Task<Result<CredentialHistory>> HistoryAsync(Caller caller, Id<Credential> key, long? before, int limit) =>
        ground.Get<CredentialHistoryHandler>().HandleAsync(caller, key, before, limit, Cancel);

    private async Task<IEnumerable<CredentialEventKind>> KindsAsync(Caller caller, Id<Credential> key) =>
        PortalGround.Ok(await HistoryAsync(caller, key, null, 200)).Events.Select(one => one.Kind);

    private async Task<IEnumerable<(CredentialEventKind, KeyUse?)>> UsesAsync(Caller caller, Id<Credential> key) =>
        PortalGround.Ok(await HistoryAsync(caller, key, null, 200)).Events.Select(one => (one.Kind, one.Mark?.Use));
}
