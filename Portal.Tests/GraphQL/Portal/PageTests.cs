using System.Text.Json;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>Relay's cursor connections: forward, backward, counted.</summary>
public sealed class PageTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    [Fact]
    public async Task A_list_is_read_from_its_end_in_its_own_order()
    {
        foreach (var name in (string[])["b", "a", "c"]) await ground.MachineAsync(name);
        const string Query = """
            query($first: Int, $after: String, $last: Int, $before: String) {
                machines(first: $first, after: $after, last: $last, before: $before) { totalCount nodes { name }
                    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }
            """;
        var last = await PageAsync(Query, new { last = 2 });
        Assert.Equal(["c", "demo"], Names(last));
        Assert.Equal((false, true, 4), (Flag(last, "hasNextPage"), Flag(last, "hasPreviousPage"),
            last.GetProperty("totalCount").GetInt32()));
        var before = await PageAsync(Query, new { last = 2, before = Cursor(last, "startCursor") });
        Assert.Equal(["a", "b"], Names(before));
        Assert.Equal((true, false), (Flag(before, "hasNextPage"), Flag(before, "hasPreviousPage")));
        var behind = await PageAsync(Query, new { first = 9, after = Cursor(before, "endCursor") });
        Assert.Equal(["c", "demo"], Names(behind));
        var both = await ground.AskAsync(ground.Ada, "{ machines(last: 1, after: \"x\") { nodes { name } } }");
        Assert.Equal("INVALID_INPUT", both.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_list_that_is_known_as_a_whole_is_paged_in_the_same_way()
    {
        foreach (var name in (string[])["Q", "R", "S"])
            await ground.DataAsync(ground.Ada,
                "mutation($name: String!) { createProject(input: { name: $name }) { project { id } } }", new { name });
        const string Query = """
            query($first: Int, $after: String, $last: Int, $before: String) {
                viewer { projects(first: $first, after: $after, last: $last, before: $before) { totalCount nodes { name }
                    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }
            """;
        var first = await PageAsync(Query, new { first = 2 });
        Assert.Equal(["Personal", "Q"], Names(first));
        Assert.Equal((true, false, 4), (Flag(first, "hasNextPage"), Flag(first, "hasPreviousPage"),
            first.GetProperty("totalCount").GetInt32()));
        Assert.Equal(["R", "S"], Names(await PageAsync(Query, new { first = 5, after = Cursor(first, "endCursor") })));
        Assert.Equal(["Personal"], Names(await PageAsync(Query, new { last = 5, before = Cursor(first, "endCursor") })));
        Assert.Equal(["S"], Names(await PageAsync(Query, new { last = 1 })));
    }

    private async Task<JsonElement> PageAsync(string query, object variables)
    {
        var page = await ground.DataAsync(ground.Ada, query, variables);
        return page.TryGetProperty("viewer", out var viewer) ? viewer.GetProperty("projects") : page.GetProperty("machines");
    }

    private static IEnumerable<string?> Names(JsonElement page) =>
        page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("name").GetString());

    private static bool Flag(JsonElement page, string name) => page.GetProperty("pageInfo").GetProperty(name).GetBoolean();

    private static string? Cursor(JsonElement page, string name) => page.GetProperty("pageInfo").GetProperty(name).GetString();
}
