using System.Text.Json;
using Portal.Domain.AccessTokens;
using Portal.Domain.AccessTokens.Devices;
using Portal.Domain.Accounts;
using Portal.Domain.Audit;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Language;
using Portal.Jobs.Audit.Places;
using Portal.Tests.Domain.Accounts;
using Portal.Tests.Domain.Retention;
using Portal.Tests.Fixtures;
using Portal.Tests.Jobs.Sites;
using Portal.Web.GraphQL.Common;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>
/// Executes the documents in the folder Documents in the order of their names, of what is followed the first event. What a
/// mutation answers is a variable of those that follow: an id by the name of what bears it, a fingerprint and a security token by their own.
/// </summary>
public sealed class FieldCoverageTests(SchemaGround ground, SshdFixture sshd)
    : IClassFixture<SchemaGround>, IClassFixture<SshdFixture>
{
    private readonly ResolvedFields resolved = new(PortalSchema.Schema);
    private readonly Dictionary<string, object?> variables = [];

    [Fact]
    public async Task Every_field_of_the_schema_is_resolved()
    {
        variables["key"] = Guid.NewGuid();
        variables["nothing"] = new GlobalId("Endpoint", Guid.NewGuid().ToString("n")).ToString();
        variables["others"] = SchemaGround.IdOf(await JoinAsync());
        variables["settings"] = new
        {
            name = "sea", host = "127.0.0.1", port = sshd.Port, user = Environment.UserName, workFolder = "/work",
            scheduler = "none",
        };
        variables["behind"] = new
        {
            name = "behind", host = "login.example.org", user = "ada", workFolder = "/work",
            jumpHosts = new[] { $"{Environment.UserName}@127.0.0.1:{sshd.Port}" },
        };
        variables["text"] = RecordedRun.Description;
        variables["plain"] = SchemaGround.Description;
        variables["personal"] = SchemaGround.IdOf(new Id<Project>(ground.Ada.User!.Value.Value));
        variables["hash"] = RecordedRun.Hash;
        await ShareAsync();
        await ground.HappenAsync<Account>(ground.Ada.User!.Value.Value, new AdministratorNamed(ground.Ada.User.Value));
        (variables["device"], variables["otherDevice"]) = (await DeviceAsync(), await DeviceAsync());
        var (administrator, ada) = (await AdministratorAsync(), await ground.ProvedAsync(ground.Ada));
        foreach (var path in Directory.GetFiles(Repository.PathOf("Portal.Tests", "GraphQL", "Portal", "Documents")).Order())
        {
            var caller = path.EndsWith("administrator.graphql", StringComparison.Ordinal) ? administrator : ada;
            var archives = path.EndsWith("35-archive-administrator.graphql", StringComparison.Ordinal);
            if (archives) await RecordedRun.FailAsync(ground, (string)variables["run"]!);
            variables["until"] = DateTimeOffset.UtcNow;
            if (path.EndsWith("18-seal.graphql", StringComparison.Ordinal)) await SealedAsync();
            // Archives are proven by seals.
            await using var sealing = archives ? new SealingNode(ground) : null;
            await AskAsync(await File.ReadAllTextAsync(path), caller);
            if (path.EndsWith("submit.graphql", StringComparison.Ordinal))
                await RecordedRun.GoOnAsync(ground, (string)variables["run"]!);
            if (path.EndsWith("10-second-b-send.graphql", StringComparison.Ordinal))
                await RecordedRun.AskAsync(ground, (string)variables["first"]!, (string)variables["second"]!);
            if (path.EndsWith("09-runs.graphql", StringComparison.Ordinal))
                await RecordedRun.FailAsync(ground, (string)variables["run"]!);
        }
        Assert.Empty(resolved.Missing);
    }

    // Nobody works here who would seal: it is done before.
    private async Task SealedAsync()
    {
        var keys = Directory.CreateDirectory(Path.Combine(ground.Portal.Folder, "keys"));
        using var key = SealKey.LoadOrCreate(Path.Combine(keys.FullName, "seals.pem"));
        await ground.Get<EventStoreDatabase>().SealAsync(key, DateTimeOffset.UtcNow, default);
        await ground.Get<SealPlaceTable>().NoteAsync(new("s3://seals/", 0,
            new(SealPlaceFaultKind.Unreachable, "It does not answer.", DateTimeOffset.UtcNow)), default);
    }

    private async Task AskAsync(string text, Caller caller)
    {
        var document = Parser.Parse(text);
        var kind = document.Definitions.OfType<OperationDefinitionNode>().Single().Operation;
        var data = kind == OperationKind.Subscription
            ? await ground.FirstAsync(caller, text, variables)
            : await ground.DataAsync(caller, text, variables);
        resolved.Add(document, data);
        if (kind == OperationKind.Mutation) Keep("", data);
    }

    private void Keep(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var item in value.EnumerateArray()) Keep(name, item);
        if (value.ValueKind != JsonValueKind.Object) return;
        foreach (var property in value.EnumerateObject())
        {
            if (property.Name is "id") variables[name] = property.Value.GetString();
            else if (property.Name is "fingerprint" or "securityToken") variables[property.Name] = property.Value.GetString();
            else Keep(property.Name, property.Value);
        }
    }

    private async Task<string> DeviceAsync() => PortalGround.Ok(await ground.Get<AskForTokenHandler>().HandleAsync(
        ground.Stranger with { User = null }, new("headless", [Scope.GetJobStatus, Scope.PostJob]), default)).Request.ShownCode;

    // A project of Ada's with a guest, and three of somebody else's, into which she is asked.
    private async Task ShareAsync()
    {
        var (ada, guest, shared) = (ground.Ada.User!.Value, ground.Stranger.User!.Value, new Id<Project>(Guid.CreateVersion7()));
        await ground.HappenAsync<Project>(
            shared.Value, new ProjectCreated(shared, "Shared", ada, false), new MemberAdded(shared, "Shared", guest, Role.Viewer));
        (variables["shared"], variables["guest"]) = (SchemaGround.IdOf(shared), new GlobalId("Person", guest.ToString()).ToString());
        foreach (var name in (string[])["open", "unwanted", "wanted"])
        {
            var (theirs, secret) = (new Id<Project>(Guid.CreateVersion7()), InvitationSecret.Prefix + name);
            await ground.HappenAsync<Project>(theirs.Value, new ProjectCreated(theirs, name, guest, false), new MemberInvited(
                theirs, new(Guid.CreateVersion7()), Role.Viewer, ada, guest, InvitationSecret.HashOf(secret), DateTimeOffset.MaxValue));
            variables[name] = secret;
        }
    }

    // Who administers, in one of three sessions, and a person with an account of which there is another page.
    private async Task<Caller> AdministratorAsync()
    {
        var people = new AccountGround(ground.Portal);
        var administrator = await people.AdministratorAsync();
        await people.HappenAsync(administrator, new AuditorNamed(administrator.User!.Value));
        var sessions = new List<Id<Session>>();
        for (var i = 0; i < 3; i++) sessions.Add(await people.SessionAsync(administrator));
        await ground.Get<SignInNotes>().BeganAsync(administrator, sessions[0], SignInWay.Password, default);
        await ground.Get<IDocuments>().CaughtUpAsync<EventSearchIndex>(await ground.Get<IEventStore>().HighestPositionAsync(default), default);
        variables["session"] = SchemaGround.IdOf(sessions[1]);
        variables["address"] = $"{Guid.NewGuid():n}@example.org";
        variables["user"] = new GlobalId("Person", (await people.SignUpAsync((string)variables["address"]!)).User.ToString()!).ToString();
        return administrator with { Session = sessions[0] };
    }

    // A project of somebody else's, in which Ada may look and no more.
    private async Task<Id<Project>> JoinAsync()
    {
        var project = new Id<Project>(ground.Stranger.User!.Value.Value);
        PortalGround.Ok(await ground.Get<Ledger>().AppendAsync(ground.Stranger, [new(Ledger.StreamOf<Project>(project.Value), 1,
            [new MemberAdded(project, "Personal", ground.Ada.User!.Value, Role.Viewer)])], default));
        return project;
    }
}
