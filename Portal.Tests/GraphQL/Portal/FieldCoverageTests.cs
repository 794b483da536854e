using System.Text.Json;
using Portal.Domain.AccessTokens;
using Portal.Domain.AccessTokens.Devices;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.GraphQL.CodeFirst;
using Portal.GraphQL.Language;
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
        await ShareAsync();
        (variables["device"], variables["otherDevice"]) = (await DeviceAsync(), await DeviceAsync());
        foreach (var path in Directory.GetFiles(Repository.PathOf("Portal.Tests", "GraphQL", "Portal", "Documents")).Order())
        {
            await AskAsync(await File.ReadAllTextAsync(path));
            if (path.EndsWith("submit.graphql", StringComparison.Ordinal))
                await RecordedRun.GoOnAsync(ground, (string)variables["run"]!);
            if (path.EndsWith("09-runs.graphql", StringComparison.Ordinal))
                await RecordedRun.FailAsync(ground, (string)variables["run"]!);
        }
        Assert.Empty(resolved.Missing);
    }

    private async Task AskAsync(string text)
    {
        var document = Parser.Parse(text);
        var kind = document.Definitions.OfType<OperationDefinitionNode>().Single().Operation;
        var data = kind == OperationKind.Subscription
            ? await ground.FirstAsync(ground.Ada, text, variables)
            : await ground.DataAsync(ground.Ada, text, variables);
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

    // A project of somebody else's, in which Ada may look and no more.
    private async Task<Id<Project>> JoinAsync()
    {
        var project = new Id<Project>(ground.Stranger.User!.Value.Value);
        PortalGround.Ok(await ground.Get<Ledger>().AppendAsync(ground.Stranger, [new(Ledger.StreamOf<Project>(project.Value), 1,
            [new MemberAdded(project, "Personal", ground.Ada.User!.Value, Role.Viewer)])], default));
        return project;
    }
}
