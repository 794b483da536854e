using System.Text.Json;

namespace Portal.Tests.GraphQL.PortalSchemas;

public sealed class MutationTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string Submit = """
        mutation($input: SubmitRunInput!) { submitRun(input: $input) {
            run { id name version lease { ended } } errors { __typename
            ... on Refusal { code field advice message line column } } } }
        """;

    private const string Errors = "errors { __typename ... on Error { code } }";

    [Fact]
    public async Task A_run_is_submitted_once_however_often_it_is_asked_for_with_a_key()
    {
        var input = new
        {
            machine = SchemaGround.IdOf(ground.Machine), description = SchemaGround.Description, securityToken = ground.Token,
            name = "Mine", parameters = new[] { new { name = "word", value = "x" } }, clientMutationKey = Guid.NewGuid(),
        };
        var first = await PayloadAsync(Submit, input);
        Assert.Equal("[]", first.GetProperty("errors").ToString());
        Assert.Equal("Mine", first.GetProperty("run").GetProperty("name").GetString());
        Assert.Equal(first.ToString(), (await PayloadAsync(Submit, input)).ToString());
        var other = await PayloadAsync(Submit,
            new { input.machine, input.description, input.securityToken, clientMutationKey = Guid.NewGuid() });
        Assert.NotEqual(IdOf(first), IdOf(other));
    }

    [Fact]
    public async Task What_is_refused_has_a_kind_a_code_a_field_and_advice_and_changes_nothing()
    {
        var machine = SchemaGround.IdOf(await ground.MachineAsync("unseen"));
        var refused = await PayloadAsync(Submit,
            new { machine, description = SchemaGround.Description, securityToken = ground.Token });
        Assert.Equal(JsonValueKind.Null, refused.GetProperty("run").ValueKind);
        var error = Assert.Single(refused.GetProperty("errors").EnumerateArray());
        Assert.Equal(("ConflictError", "HOST_KEY_UNCONFIRMED", "machine"),
            (Text(error, "__typename"), Text(error, "code"), Text(error, "field")));
        Assert.Contains("fingerprint", Text(error, "advice"));
        var wrong = await PayloadAsync(Submit,
            new { machine = SchemaGround.IdOf(ground.Machine), description = "portal: 1\nname: [", securityToken = "x" });
        error = wrong.GetProperty("errors")[0];
        Assert.Equal("InvalidInputError", Text(error, "__typename"));
        Assert.Equal(JsonValueKind.Number, error.GetProperty("line").ValueKind);
        var runs = await ground.DataAsync(ground.Ada,
            "query($machine: ID!) { runs(where: {machine: $machine}) { nodes { id } } }", new { machine });
        Assert.Empty(runs.GetProperty("runs").GetProperty("nodes").EnumerateArray());
    }

    [Fact]
    public async Task A_lease_is_taken_back_and_given_and_a_repeat_changes_nothing_more()
    {
        var (_, id) = await ground.RunAsync();
        var revoke = new { id, clientMutationKey = Guid.NewGuid() };
        const string Revoke =
            "mutation($input: ChangeRunInput!) { revokeLease(input: $input) { run { version lease { ended } } " + Errors + " } }";
        const string Give =
            "mutation($input: GiveTokenInput!) { giveToken(input: $input) { run { version lease { ended } } " + Errors + " } }";
        Assert.Equal("""{"run":{"version":3,"lease":{"ended":"revoked"}},"errors":[]}""",
            (await PayloadAsync(Revoke, revoke)).ToString());
        var give = new { id, securityToken = ground.Token, leaseFor = "PT1H", clientMutationKey = Guid.NewGuid() };
        const string Given = """{"run":{"version":4,"lease":{"ended":null}},"errors":[]}""";
        Assert.Equal(Given, (await PayloadAsync(Give, give)).ToString());
        Assert.Equal(Given, (await PayloadAsync(Give, give)).ToString());
        Assert.Equal(Given, (await PayloadAsync(Revoke, revoke)).ToString());
        const string Cancel =
            "mutation($input: ChangeRunInput!) { cancelRun(input: $input) { run { version cancelling } " + Errors + " } }";
        for (var i = 0; i < 2; i++)
            Assert.Equal("""{"run":{"version":5,"cancelling":true},"errors":[]}""",
                (await PayloadAsync(Cancel, new { id })).ToString());
        var stranger = await ground.DataAsync(ground.Stranger, Cancel, new { input = new { id } });
        Assert.Equal("""{"cancelRun":{"run":null,"errors":[{"__typename":"NotFoundError","code":"NOT_FOUND"}]}}""",
            stranger.ToString());
    }

    [Theory]
    [InlineData("submitRun", "machine: \"m\"")]
    [InlineData("giveToken", "id: \"r\"")]
    [InlineData("retryRun", "id: \"r\"")]
    public async Task A_security_token_in_the_text_of_a_document_is_refused(string mutation, string rest)
    {
        var answer = await ground.AskAsync(ground.Ada,
            $$"""mutation { {{mutation}}(input: { {{rest}}, securityToken: "{{ground.Token}}" }) { {{Errors}} } }""");
        Assert.Equal("SECRET_IN_DOCUMENT",
            Text(Assert.Single(answer.GetProperty("errors").EnumerateArray()).GetProperty("extensions"), "code"));
        Assert.DoesNotContain(ground.Token, answer.ToString());
    }

    private async Task<JsonElement> PayloadAsync(string mutation, object input) =>
        (await ground.DataAsync(ground.Ada, mutation, new { input })).EnumerateObject().Single().Value;

    private static string? Text(JsonElement error, string field) => error.GetProperty(field).GetString();

    private static string? IdOf(JsonElement payload) => payload.GetProperty("run").GetProperty("id").GetString();
}
