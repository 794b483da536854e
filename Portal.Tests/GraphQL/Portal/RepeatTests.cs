using System.Text.Json;
using Portal.Domain.AccessTokens;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>What is asked twice with one key is done once, whatever others did meanwhile.</summary>
public sealed class RepeatTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string Why = "errors { __typename ... on Refusal { code advice } }";

    private static readonly string Register = Mutation("registerMachine", "RegisterMachineInput", "machine { id name }");
    private static readonly string Change = Mutation("changeMachine", "ChangeMachineInput", "machine { id name }");
    private static readonly string Make =
        Mutation("createCredential", "CreateCredentialInput", "credential { id securityToken }");
    private static readonly string Add = Mutation("addWorkflow", "AddWorkflowInput", "workflow { id version }");
    private static readonly string Issue = Mutation("issueAccessToken", "IssueAccessTokenInput", "accessToken { id text }");

    [Fact]
    public async Task A_machine_is_registered_once_and_a_late_repeat_of_a_change_does_not_undo_another()
    {
        var register = new { settings = Settings("first"), clientMutationKey = Guid.NewGuid() };
        var made = await AskAsync(Register, register);
        var id = made.GetProperty("machine").GetProperty("id").GetString();
        var change = new { id, settings = Settings("second"), clientMutationKey = Guid.NewGuid() };
        Assert.Equal("second", Name(await AskAsync(Change, change)));
        Assert.Equal("third", Name(await AskAsync(Change,
            new { id, settings = Settings("third"), clientMutationKey = Guid.NewGuid() })));
        Assert.Equal("third", Name(await AskAsync(Change, change)));
        // The name of then is another machine's now: the repeat is about the same machine all the same.
        await AskAsync(Register, new { settings = Settings("first") });
        var repeat = await AskAsync(Register, register);
        Assert.Equal((id, "third"), (repeat.GetProperty("machine").GetProperty("id").GetString(), Name(repeat)));
        Assert.Equal("NAME_TAKEN", Code(await AskAsync(Register, new { settings = Settings("first") })));
    }

    [Fact]
    public async Task A_key_is_made_once_and_its_token_shown_once_and_a_repeat_leaves_it_whole()
    {
        var machine = SchemaGround.IdOf(await ground.ReadyMachineAsync("keyed"));
        var input = new { machine, clientMutationKey = Guid.NewGuid() };
        var made = await AskAsync(Make, input);
        var securityToken = made.GetProperty("credential").GetProperty("securityToken").GetString();
        Assert.Equal("CONFLICT", Code(await AskAsync(Make, input)));
        var run = await AskAsync(Mutation("submitRun", "SubmitRunInput", "run { id }"),
            new { machine, description = SchemaGround.Description, securityToken });
        Assert.Equal("[]", run.GetProperty("errors").ToString());
    }

    [Fact]
    public async Task A_late_repeat_of_a_description_does_not_bring_it_back()
    {
        var text = SchemaGround.Description.Replace("one-step", "late", StringComparison.Ordinal);
        var first = new { text, clientMutationKey = Guid.NewGuid() };
        Assert.Equal(1, Version(await AskAsync(Add, first)));
        Assert.Equal(2, Version(await AskAsync(Add, new { text = text + "# Changed.\n" })));
        Assert.Equal(2, Version(await AskAsync(Add, first)));
        Assert.Equal(3, Version(await AskAsync(Add, new { text })));
    }

    [Fact]
    public async Task A_token_is_issued_once_in_person_and_taken_back_as_often_as_one_likes()
    {
        var input = new { name = "script", clientMutationKey = Guid.NewGuid() };
        // It takes a fresh proof, which a session from long ago is not.
        Assert.Equal("PROOF_NEEDED", Code(await AskAsync(Issue, input)));
        var ada = await ground.ProvedAsync(ground.Ada);
        async Task<JsonElement> IssueAsync(object asked) =>
            (await ground.DataAsync(ada, Issue, new { input = asked })).GetProperty("issueAccessToken");
        var issued = (await IssueAsync(input)).GetProperty("accessToken");
        Assert.StartsWith("portal_pat_", issued.GetProperty("text").GetString());
        Assert.Equal("CONFLICT", Code(await IssueAsync(input)));
        var program = ground.Ada with { Token = new(Guid.NewGuid(), Scopes.All, null) };
        Assert.Equal("FORBIDDEN", Code((await ground.DataAsync(program, Issue, new { input })).GetProperty("issueAccessToken")));
        Assert.Equal("INVALID_INPUT", Code(await AskAsync(Issue, new { name = "script", days = 367 })));
        var id = issued.GetProperty("id").GetString();
        var revoke = Mutation("revokeAccessToken", "RevokeAccessTokenInput", "revokedId");
        for (var i = 0; i < 2; i++)
            Assert.Equal(id, (await AskAsync(revoke, new { id })).GetProperty("revokedId").GetString());
        Assert.Equal("NOT_FOUND", Code((await ground.DataAsync(ground.Stranger, revoke, new { input = new { id } }))
            .GetProperty("revokeAccessToken")));
    }

    private static string Mutation(string field, string input, string payload) =>
        $"mutation($input: {input}!) {{ {field}(input: $input) {{ {payload} {Why} }} }}";

    private static object Settings(string name) => new { name, host = "login.example.org", user = "ada", workFolder = "/work" };

    private async Task<JsonElement> AskAsync(string mutation, object input) =>
        (await ground.DataAsync(ground.Ada, mutation, new { input })).EnumerateObject().Single().Value;

    private static string? Name(JsonElement payload) => payload.GetProperty("machine").GetProperty("name").GetString();

    private static int Version(JsonElement payload) => payload.GetProperty("workflow").GetProperty("version").GetInt32();

    private static string? Code(JsonElement payload) =>
        Assert.Single(payload.GetProperty("errors").EnumerateArray()).GetProperty("code").GetString();
}
