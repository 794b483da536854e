using System.Text.Json.Nodes;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using YamlDotNet.Serialization;

namespace Portal.Tests.Cli;

/// <summary>Every command that answers, with all that it can print.</summary>
public sealed class OutputTests(SchemaGround ground) : IClassFixture<SchemaGround>, IDisposable
{
    private readonly CommandLine shell = new();

    [Theory]
    [InlineData("KEY", "machine", "list")]
    [InlineData("Machine ", "machine", "show", "demo")]
    [InlineData("Machine ", "machine", "register", "--name", "{new}", "--host", "h.example.org", "--user", "u", "--work-folder",
        "/w", "--set-up", "a: 'b'")]
    [InlineData("KEY", "workflow", "list")]
    [InlineData("portal: 1", "workflow", "show", "one-step")]
    [InlineData("portal: 1", "workflow", "show", "one-step", "--version-number", "1")]
    [InlineData("Workflow ", "workflow", "add", "{file}")]
    [InlineData("Endpoint ", "endpoint", "add", "{new}", "https://example.org/a")]
    [InlineData("KEY", "endpoint", "list")]
    [InlineData("KEY", "run", "list", "--limit", "1", "--phase", "Submitted", "-w", "one-step")]
    [InlineData("Run ", "run", "show", "{run}")]
    [InlineData("Phase ", "run", "cancel", "{run}")]
    [InlineData("Run ", "run", "submit", "-m", "demo", "-w", "one-step", "-p", "word=a=b")]
    [InlineData("Run ", "run", "submit", "-m", "demo", "-f", "{file}", "--name", "{new}")]
    public async Task A_command_answers_in_a_table_in_JSON_and_in_YAML_that_say_the_same(string table, params string[] command)
    {
        var environment = await CommandLine.AdaAsync(ground);
        var (_, run) = await ground.RunAsync();
        var key = (await ground.DataAsync(ground.Ada, "query($run: ID!) { run(id: $run) { key } }",
            new { run })).GetProperty("run").GetProperty("key").GetString()!;
        var file = Path.Combine(shell.Folder, "one-step.yaml");
        await File.WriteAllTextAsync(file, SchemaGround.Description, TestContext.Current.CancellationToken);
        string Filled(string word) => word.Replace("{run}", key).Replace("{file}", file).Replace("{new}", $"n{Guid.NewGuid():n}");
        var said = await Task.WhenAll(new[] { "table", "json", "yaml" }.Select(format =>
            shell.RunAsync("", environment, [.. command.Select(Filled), "-o", format])));
        Assert.StartsWith(table, said[0].Text);
        var json = JsonNode.Parse(said[1].Text)!;
        var reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
        // Two calls make two things: what differs is what was made anew, and not what there is of it.
        var yaml = new SerializerBuilder().JsonCompatible().Build().Serialize(reader.Deserialize<object>(said[2].Text));
        Assert.Equal(Shape(json), Shape(JsonNode.Parse(yaml)));
    }

    [Fact]
    public async Task The_schema_is_that_of_the_portal() =>
        Assert.Equal(await File.ReadAllTextAsync(Repository.PathOf("schema.graphql"), TestContext.Current.CancellationToken),
            (await shell.RunAsync("", await CommandLine.AdaAsync(ground), "schema")).Text);

    [Fact]
    public async Task What_is_sent_twice_under_one_key_is_one_run()
    {
        var environment = await CommandLine.AdaAsync(ground);
        await ground.RunAsync();
        string[] submit = ["run", "submit", "-m", "demo", "-w", "one-step", "--once", $"{Guid.NewGuid()}"];
        Assert.Equal((await shell.RunAsync("", environment, submit)).Text, (await shell.RunAsync("", environment, submit)).Text);
    }

    public void Dispose() => shell.Dispose();

    private static string Shape(JsonNode? node) => node switch
    {
        JsonObject thing => $"{{{string.Join(", ", thing.Select(member => $"{member.Key}: {Shape(member.Value)}"))}}}",
        JsonArray list => $"[{(list.Count == 0 ? "" : Shape(list[0]))}]",
        null => "null",
        _ => node.GetValueKind().ToString(),
    };
}
