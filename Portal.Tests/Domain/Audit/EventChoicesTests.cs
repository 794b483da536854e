using Microsoft.Extensions.DependencyInjection;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.Domain.Runs;
using Portal.EventStore;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Domain.Runs;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Web.Accounts;
using Kind = Portal.Domain.Audit.EventChoiceKind;

namespace Portal.Tests.Domain.Audit;

/// <summary>What events are narrowed by is found by its name, as far as somebody may read events.</summary>
public sealed class EventChoicesTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private EventChoicesHandler Choices => ground.Get<EventChoicesHandler>();

    [Fact]
    public async Task Each_is_found_by_a_part_of_its_name_by_who_may_see_it_and_by_nobody_else()
    {
        var (members, people) = (new MemberGround(ground.Portal), new AccountGround(ground.Portal));
        var owner = await PersonAsync("Ada Byron");
        var (project, personal) = (await members.ProjectAsync(owner), new Id<Project>(owner.User!.Value.Value));
        var (reader, viewer) = (await members.MemberAsync(owner, project, Role.Auditor), await members
            .MemberAsync(owner, project, Role.Viewer));
        var auditor = await people.SignUpAsync();
        await people.HappenAsync(auditor, new AuditorNamed(auditor.User!.Value));
        var (machine, key, run) = (await MachineAsync(owner, personal, "aurora"), new Id<Credential>(Guid.CreateVersion7()),
            new Id<Run>(Guid.CreateVersion7()));
        await ground.HappenAsync<Credential>(key.Value, new CredentialCreated(key, personal, machine, owner.User.Value,
            "ssh-ed25519 A", "SHA256:a"));
        await ground.HappenAsync<Run>(run.Value, Given.Submitted with { RunId = run, ProjectId = personal, MachineId = machine,
            SubmittedBy = owner.User.Value });
        await CaughtUpAsync();
        var (name, id) = ("Ada Byron", owner.User.Value.ToString());

        // The project with the reader in it is another than that of the run.
        foreach (var (kind, text, thing) in new[]
        {
            (Kind.Machine, "ROR", machine.ToString()), (Kind.Run, "two", run.ToString()),
                (Kind.Credential, "byron on aur", key.ToString()),
        })
        {
            foreach (var caller in new[] { owner, auditor })
            {
                Assert.Contains(thing, await IdsAsync(caller, kind, text));
                Assert.NotNull(await Choices.NameAsync(caller, kind, thing, Cancel));
            }
            foreach (var caller in new[] { reader, viewer, ground.Stranger })
            {
                Assert.DoesNotContain(thing, await IdsAsync(caller, kind, text));
                Assert.Null(await Choices.NameAsync(caller, kind, thing, Cancel));
            }
            Assert.DoesNotContain(thing, await IdsAsync(owner, kind, "unheard of"));
        }
        foreach (var (caller, sees) in new[] { (reader, true), (owner, true), (auditor, true), (viewer, false),
            (ground.Stranger, false) })
        {
            Assert.Equal(sees, (await IdsAsync(caller, Kind.Project, "tides")).Contains(project.ToString()));
            Assert.Equal(sees, await Choices.NameAsync(caller, Kind.Project, project.ToString(), Cancel) is not null);
            Assert.Equal(sees, (await IdsAsync(caller, Kind.Actor, name)).Contains(id));
            Assert.Equal(sees ? name : null, await Choices.NameAsync(caller, Kind.Actor, id, Cancel));
            Assert.Equal(["portal"], await IdsAsync(caller, Kind.Actor, "the por"));
        }
        Assert.Equal("Personal of Ada Byron", await Choices.NameAsync(auditor, Kind.Project, id, Cancel));
        Assert.Contains(id, await IdsAsync(auditor, Kind.Project, name));
        Assert.Null(await Choices.NameAsync(owner, Kind.Actor, "nonsense", Cancel));
        Assert.DoesNotContain(id, await IdsAsync(auditor, Kind.Actor, "%\0_\\"));
    }

    [Fact]
    public async Task No_two_are_called_the_same()
    {
        var owner = await PersonAsync("Grace Hopper");
        var (first, second) = (await new MemberGround(ground.Portal).ProjectAsync(owner), await new MemberGround(ground.Portal)
            .ProjectAsync(owner));
        var (one, other) = (await MachineAsync(owner, first, "twin"), await MachineAsync(owner, second, "twin"));
        await CaughtUpAsync();
        var found = await Choices.FindAsync(owner, Kind.Machine, "twin", Cancel);
        Assert.Equal(new[] { one.ToString(), other.ToString() }.Order(), found.Select(choice => choice.Id).Order());
        Assert.Equal(2, found.Select(choice => choice.Name).Distinct().Count());
        Assert.All(found, choice => Assert.StartsWith("twin · ", choice.Name, StringComparison.Ordinal));
    }

    private async Task<Caller> PersonAsync(string name)
    {
        await using var scope = ground.Portal.Services.CreateAsyncScope();
        var made = PortalGround.Ok(await scope.ServiceProvider.GetRequiredService<Registration>()
            .RegisterAsync(MemberGround.Address(), name, "correct horse battery", Cancel));
        return new(new(made.Id), null, "page", false, Guid.CreateVersion7(), "127.0.0.1");
    }

    private async Task<Id<Machine>> MachineAsync(Caller owner, Id<Project> project, string name)
    {
        var machine = new Id<Machine>(Guid.CreateVersion7());
        await ground.HappenAsync<Machine>(machine.Value,
            new MachineRegistered(machine, project, owner.User!.Value, Machine.Empty.Settings with { Name = name }));
        return machine;
    }

    private async Task CaughtUpAsync()
    {
        var highest = await ground.Get<IEventStore>().HighestPositionAsync(Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<RunView>(highest, Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<RunUsage>(highest, Cancel);
        await ground.Get<IDocuments>().CaughtUpAsync<CredentialMark>(highest, Cancel);
    }

    private async Task<IEnumerable<string>> IdsAsync(Caller caller, EventChoiceKind kind, string? text) =>
        (await Choices.FindAsync(caller, kind, text, Cancel)).Select(choice => choice.Id);
}
