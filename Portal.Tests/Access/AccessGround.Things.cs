using System.Net.Http.Json;
using System.Text.Json;
using Portal.Domain.AccessTokens;
using Portal.Domain.AccessTokens.Devices;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Credentials;
using Portal.Domain.Data;
using Portal.Domain.Machines;
using Portal.Domain.Projects;
using Portal.Domain.Reports;
using Portal.Domain.Retention;
using Portal.Domain.Runs;
using Portal.Domain.Workflows;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.Tests.Domain.Projects;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;
using Portal.Tests.Rest;

namespace Portal.Tests.Access;

// One of everything that can be asked about.
public sealed partial class AccessGround
{
    private static readonly string Hash = new('b', 64);

    private async Task FillAsync(Person person, Caller administrator, Caller stranger, Id<Project> project)
    {
        var owner = person.Caller;
        foreach (var (caller, role) in members)
        {
            if (await ground.RoleAsync(caller, project) == role) continue;
            var made = PortalGround.Ok(await ground.InviteAsync(owner, project, role, person: caller.User));
            PortalGround.Ok(await ground.AcceptAsync(caller, made.Secret));
        }
        var unique = Guid.NewGuid().ToString("n")[..8];
        var (machine, endpoint) = (new Id<Machine>(Guid.CreateVersion7()), new Id<Endpoint>(Guid.CreateVersion7()));
        PortalGround.Ok(await ground.Get<RegisterMachineHandler>().HandleAsync(owner,
            new(machine, project, new($"demo-{unique}", "127.0.0.1", 9, "ada", "/work", null, null, "none", [], [])), Cancel));
        await HappenAsync<Machine>(machine.Value, new HostKeysPinned(machine, [new("ssh-ed25519", "SHA256:abc", "AAAA")]));
        PortalGround.Ok(await ground.Get<KeepEndpointHandler>().HandleAsync(owner, new(endpoint, project, $"data-{unique}",
            "ftp://127.0.0.1:9/x", null, null), Cancel));
        var workflow = PortalGround.Ok(await ground.Get<AddWorkflowHandler>().HandleAsync(owner, new(project,
            Description(unique)), Cancel));
        var key = PortalGround.Ok(await ground.Get<CreateCredentialHandler>().HandleAsync(owner, new(new(Guid.CreateVersion7()),
            machine), Cancel));
        Secrets.Note("a security token", key.SecurityToken, SecretKind.Shown);
        var token = await ground.Get<Ledger>().TokenAsync(owner, new TokenRules().Terms("kept"));
        var sender = await ground.Get<Ledger>().TokenAsync(owner, new TokenRules().Terms("sender"));
        await RunsAsync(owner, new(sender.Id.Value, [.. Scopes.All], null), id => new(id, machine, null, workflow.Id, null, null,
            new Dictionary<string, string>(), key.SecurityToken));
        var invitation = PortalGround.Ok(await ground.InviteAsync(owner, project, Role.Viewer, MemberGround.Address()));
        PortalGround.Ok(await ground.InviteAsync(owner, project, Role.Viewer, person: Id<User>.Parse(Things["Guest"])));
        var device = PortalGround.Ok(await ground.Get<AskForTokenHandler>().HandleAsync(owner with { User = null },
            new("headless"), Cancel));
        var narrow = PortalGround.Ok(await ground.Get<AskForTokenHandler>().HandleAsync(owner with { User = null },
            new("narrow", null, project), Cancel));
        (Things["device"], Things["narrow device"]) = (device.Request.ShownCode, narrow.Request.ShownCode);
        Things["AccountInvitation"] = PortalGround.Ok(await ground.Get<InviteAccountHandler>().HandleAsync(
            administrator with { Administrator = true }, new(new(Guid.CreateVersion7()), MemberGround.Address()),
                Cancel)).Id.ToString();
        Things["Session"] = await SessionAsync(person.Mail);
        var (documents, position) = (ground.Get<IDocuments>(), await ground.Get<IEventStore>().HighestPositionAsync(Cancel));
        await documents.CaughtUpAsync<RunView>(position, Cancel);
        await documents.CaughtUpAsync<RunUsage>(position, Cancel);
        await documents.CaughtUpAsync<EventSearchIndex>(position, Cancel);
        (Things["Project"], Things["Machine"], Things["Endpoint"], Things["Workflow"]) =
            (project.ToString(), machine.ToString(), endpoint.ToString(), workflow.Id.ToString());
        (Things["Credential"], Things["Invitation"], Things["AccessToken"]) = (key.Id.ToString(), invitation.Id.ToString(),
            token.Id.ToString());
        (Things["Person"], Things["Stranger"], Things["secret"]) = (owner.User.ToString()!, stranger.User.ToString()!,
            invitation.Secret);
    }

    // What is over: a hold that was lifted, an archive that was brought back.
    private async Task OldAsync(Caller administrator, Caller owner)
    {
        var (hold, archive, by) = (new Id<RetentionHold>(Guid.CreateVersion7()), Guid.CreateVersion7(),
            administrator.User!.Value);
        await HappenAsync<RetentionHold>(hold.Value, new RetentionHoldPlaced(hold, HeldKind.Person, owner.User!.Value.Value,
            "case 6", null, by));
        await HappenAsync<RetentionHold>(hold.Value, new RetentionHoldLifted(hold, by));
        _ = PortalGround.Ok(await ground.Get<Ledger>().AppendAsync(administrator, [new(EventArchives.StreamOf(archive), 0,
            [new StreamsArchived(archive, "old.zip", 1, new('0', 64), 1, 1, new('0', 64)), new ArchiveRestored(archive, 1,
                1)])], default));
    }

    // Another one of somebody's: it can be ended, and the one that is asked with goes on.
    private async Task<string> SessionAsync(string mail)
    {
        var visit = Keep(new CookieVisit(portal.Address));
        Assert.Equal("/", await visit.SignInAsync(mail, CookieVisit.Password, Cancel));
        using var answer = await visit.Http.PostAsJsonAsync("graphql",
            new { query = "{ viewer { sessions { nodes { id current } } } }" }, Cancel);
        var sessions = (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("data").GetProperty("viewer").GetProperty("sessions");
        var own = sessions.GetProperty("nodes").EnumerateArray().Single(session => session.GetProperty("current").GetBoolean());
        Assert.True(GlobalId.TryParse(own.GetProperty("id").GetString()!, out var id));
        return id.Id;
    }

    private static string Description(string unique) => $$"""
        portal: 1
        name: one-{{unique}}
        title: One step
        steps:
          - { id: a, command: "true" }
        outputs:
          - { from: out.txt, to: "endpoint://data-{{unique}}/out.txt" }
        """;

    private async Task<long> HappenAsync<T>(Guid id, object fact) where T : class, IAggregate<T> =>
        PortalGround.Ok(await ground.Get<Ledger>().AppendAsync(
            Caller.Worker(Guid.CreateVersion7()), [new(Ledger.StreamOf<T>(id), IEventStore.AnyVersion, [fact])],
                Cancel)).Position;
}
