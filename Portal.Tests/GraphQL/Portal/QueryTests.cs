using System.Text.Json;

namespace Portal.Tests.GraphQL.PortalSchemas;

public sealed class QueryTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    [Fact]
    public async Task Who_asks_sees_their_projects_and_what_is_in_them()
    {
        var data = await ground.DataAsync(ground.Ada, """
            { viewer { id projects { nodes { name role personal key } } }
              machines(where: {name: "demo"}, orderBy: {field: HOST, direction: DESCENDING}) {
                nodes { name host state credential { fingerprint } project { personal } } } endpoints { nodes { name } } }
            """);
        var project = Assert.Single(Nodes(data.GetProperty("viewer"), "projects"));
        Assert.Equal("OWNER", project.GetProperty("role").GetString());
        Assert.Equal(ground.Ada.User!.Value.ToString(), project.GetProperty("key").GetString());
        var machine = Assert.Single(Nodes(data, "machines"));
        Assert.Equal("READY", machine.GetProperty("state").GetString());
        Assert.StartsWith("SHA256:", machine.GetProperty("credential").GetProperty("fingerprint").GetString());
        Assert.True(machine.GetProperty("project").GetProperty("personal").GetBoolean());
        Assert.Empty(Nodes(data, "endpoints"));
    }

    [Fact]
    public async Task Everything_known_of_a_run_is_answered()
    {
        var (workflow, id) = await ground.RunAsync();
        var data = await ground.DataAsync(ground.Ada, """
            query($id: ID!) { run(id: $id) { id name phase hold stepCount stepsDone version folder cancelling
                phases { phase at } steps { id status attempt } transfers { key } outputs { from } parameters { name value }
                lease { until ended attended } code { commit } postponed { act } submittedBy { id } machine { name } } }
            """, new { id });
        var run = data.GetProperty("run");
        Assert.Equal("SUBMITTED", run.GetProperty("phase").GetString());
        Assert.Equal("""[{"id":"a","status":"WAITING","attempt":0}]""", run.GetProperty("steps").ToString());
        Assert.Equal("""[{"name":"word","value":"hello"}]""", run.GetProperty("parameters").ToString());
        Assert.Equal(JsonValueKind.Null, run.GetProperty("lease").GetProperty("ended").ValueKind);
        Assert.Equal("demo", run.GetProperty("machine").GetProperty("name").GetString());
        data = await ground.DataAsync(ground.Ada, """
            query($id: ID!) { workflow(id: $id) { name version versions { nodes { number text } }
                versionOf(number: 7) { text } } }
            """, new { id = workflow });
        Assert.Equal(SchemaGround.Description,
            Assert.Single(Nodes(data.GetProperty("workflow"), "versions")).GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_list_of_a_hundred_runs_takes_as_many_statements_as_one_of_ten()
    {
        const string Query = """
            query($first: Int!) { runs(first: $first, where: {final: false, workflow: "one-step"}) {
                nodes { name machine { name credential { id } } workflow { title } submittedBy { name } project { name }
                    steps { title attempts { number job { id } } } outputs { from } }
                totalCount edges { cursor } pageInfo { hasNextPage endCursor } } }
            """;
        var (_, run) = await ground.RunAsync();
        await ground.CopyAsync(run, 110);
        // Connections are opened, documents are prepared.
        await ground.DataAsync(ground.Ada, Query, new { first = 1 });
        var (ten, hundred) = (default(JsonElement), default(JsonElement));
        var few = await SchemaGround.StatementsAsync(async () => ten = await ground.DataAsync(ground.Ada, Query,
            new { first = 10 }));
        var many = await SchemaGround.StatementsAsync(async () => hundred = await ground.DataAsync(ground.Ada, Query,
            new { first = 100 }));
        Assert.Equal((10, 100), (Nodes(ten, "runs").Count, Nodes(hundred, "runs").Count));
        Assert.All(Nodes(hundred, "runs"),
            node => Assert.Equal("demo", node.GetProperty("machine").GetProperty("name").GetString()));
        Assert.All(Nodes(hundred, "runs"),
            node => Assert.Equal("One step", node.GetProperty("workflow").GetProperty("title").GetString()));
        // What one loader is asked for at two places shares a statement where the two happen to meet.
        Assert.InRange(few, 5, 16);
        Assert.InRange(many, few - 2, few + 2);
    }

    [Fact]
    public async Task Versions_of_twenty_workflows_take_as_many_statements_as_those_of_two()
    {
        const string Query = """
            query($first: Int!) { workflows(first: $first, orderBy: {field: CHANGED_AT, direction: DESCENDING}) {
                nodes { name versions { nodes { number text } } versionOf(number: 2) { number addedBy { name } } } } }
            """;
        for (var number = 0; number < 20; number++)
            foreach (var change in new[] { "", "# Changed.\n" })
                await ground.DataAsync(ground.Ada, "mutation($text: String!) { addWorkflow(input: {text: $text}) { workflow { id } } }",
                    new { text = SchemaGround.Description.Replace("one-step", $"many-{number}", StringComparison.Ordinal) + change });
        await ground.DataAsync(ground.Ada, Query, new { first = 1 });
        var (two, twenty) = (default(JsonElement), default(JsonElement));
        var few = await SchemaGround.StatementsAsync(async () => two = await ground.DataAsync(ground.Ada, Query,
            new { first = 2 }));
        var many = await SchemaGround.StatementsAsync(async () => twenty = await ground.DataAsync(ground.Ada, Query,
            new { first = 20 }));
        Assert.Equal((2, 20), (Nodes(two, "workflows").Count, Nodes(twenty, "workflows").Count));
        Assert.All(Nodes(twenty, "workflows"), node => Assert.Equal((2, 2),
            (Nodes(node, "versions").Count, node.GetProperty("versionOf").GetProperty("number").GetInt32())));
        Assert.InRange(many, few - 2, few + 2);
    }

    [Fact]
    public async Task Pages_follow_each_other_and_a_cursor_of_another_list_is_refused()
    {
        var (_, run) = await ground.RunAsync();
        await ground.CopyAsync(run, 3);
        var first = (await ground.DataAsync(ground.Ada,
            "{ runs(first: 2) { nodes { id } pageInfo { hasNextPage endCursor } } }")).GetProperty("runs");
        var after = first.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        var second = await ground.DataAsync(ground.Ada,
            "query($after: String) { runs(first: 2, after: $after) { nodes { id } } }", new { after });
        Assert.Equal(4,
            Ids(first.GetProperty("nodes")).Concat(Ids(second.GetProperty("runs").GetProperty("nodes"))).Distinct().Count());
        var refused = await ground.AskAsync(ground.Ada, "query($after: String) { machines(after: $after) { nodes { id } } }",
            new { after });
        Assert.Equal("INVALID_INPUT", Code(refused));
        Assert.Equal("BAD_PAGE_SIZE", Code(await ground.AskAsync(ground.Ada, "{ runs(first: 201) { nodes { id } } }")));
        Assert.Equal("VALIDATION_FAILED", Code(await ground.AskAsync(ground.Ada, "{ rums { nodes { id } } }")));
    }

    [Fact]
    public async Task What_a_stranger_asks_for_does_not_exist()
    {
        var (workflow, run) = await ground.RunAsync();
        var machine = SchemaGround.IdOf(ground.Machine);
        var project = (await ground.DataAsync(ground.Ada, "{ viewer { projects { nodes { id } } } }"))
            .GetProperty("viewer").GetProperty("projects").GetProperty("nodes")[0].GetProperty("id").GetString();
        const string Query = """
            query($run: ID!, $machine: ID!, $workflow: ID!, $project: ID!) {
                run(id: $run) { id } machine(id: $machine) { id } workflow(id: $workflow) { id } project(id: $project) { id }
                runs(project: $project) { nodes { id } } machines(project: $project) { nodes { id } }
                workflows(project: $project) { nodes { id } } endpoints(project: $project) { nodes { id } }
                nodes(ids: [$run, $machine, $workflow, $project]) { id } node(id: $run) { id } }
            """;
        var ids = new { run, machine, workflow, project };
        Assert.Equal(
            """{"run":null,"machine":null,"workflow":null,"project":null,"runs":null,"machines":null,"workflows":null,"endpoints":null,"nodes":[null,null,null,null],"node":null}""",
            (await ground.DataAsync(ground.Stranger, Query, ids)).ToString());
        Assert.Equal([run, machine, workflow, project],
            Ids((await ground.DataAsync(ground.Ada, Query, ids)).GetProperty("nodes")));
    }

    private static List<JsonElement> Nodes(JsonElement data, string list) =>
        [.. data.GetProperty(list).GetProperty("nodes").EnumerateArray()];

    private static IEnumerable<string?> Ids(JsonElement nodes) =>
        nodes.EnumerateArray().Select(node => node.GetProperty("id").GetString());

    private static string? Code(JsonElement answer) =>
        answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
}
