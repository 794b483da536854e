using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Rest;

public sealed class RoutesTests(RunningPortalFixture portals)
{
    private const string Workflow = """
        portal: 1
        name: greeting
        title: Greeting
        steps:
          - id: greet
            command: echo hello
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_person_has_a_personal_project()
    {
        using var program = await ProgramAsync();
        var project = Assert.Single((await program.GetAsync("projects", Cancel)).GetProperty("items").EnumerateArray());
        Assert.True(project.GetProperty("personal").GetBoolean());
        Assert.Equal("Owner", project.GetProperty("role").GetString());
        Assert.Matches("^[0-9a-f]{32}$", project.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_machine_is_registered_shown_changed_and_retired()
    {
        using var program = await ProgramAsync();
        var id = Guid.CreateVersion7().ToString("n");
        var body = new { id, name = "one", host = "127.0.0.1", user = "u", workFolder = "/w" };
        await program.PostAsync("machines", body, Cancel);
        await program.PostAsync("machines", body, Cancel);
        Assert.Equal("HostKeyUnconfirmed", (await program.GetAsync($"machines/{id}", Cancel)).GetProperty("state").GetString());
        Assert.Single((await program.GetAsync("machines", Cancel)).GetProperty("items").EnumerateArray());
        var changed = await program.PutAsync($"machines/{id}", new { name = "two", host = "127.0.0.1", user = "u", workFolder = "/w", port = 2222 }, Cancel);
        Assert.Equal(2222, changed.GetProperty("port").GetInt32());
        await program.GetAsync($"machines/{id}/credential", Cancel, 404);
        await program.PostAsync($"machines/{id}/check", new { securityToken = "x" }, Cancel, 409);
        await program.DeleteAsync($"machines/{id}", Cancel);
        Assert.Equal("Retired", (await program.GetAsync($"machines/{id}", Cancel)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_name_is_taken_once_in_a_project()
    {
        using var program = await ProgramAsync();
        var body = new { name = "one", host = "127.0.0.1", user = "u", workFolder = "/w" };
        await program.PostAsync("machines", body, Cancel);
        var refusal = await program.PostAsync("machines", body, Cancel, 409);
        Assert.Equal("NAME_TAKEN", refusal.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Of_many_who_take_one_name_at_the_same_moment_one_gets_it_and_nothing_fails()
    {
        using var program = await ProgramAsync();
        var endpoints = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            program.Http.PostAsJsonAsync("endpoints", new { name = "data", url = "ftp://127.0.0.1/a" }, Cancel)));
        Assert.Single(endpoints, answer => (int)answer.StatusCode == 201);
        Assert.All(endpoints, answer => Assert.True((int)answer.StatusCode is 201 or 409, $"{answer.StatusCode}"));
        var workflows = await Task.WhenAll(Enumerable.Range(0, 8).Select(number =>
            program.Http.PostAsJsonAsync("workflows", new { text = Workflow + $"# {number}\n" }, Cancel)));
        Assert.All(workflows, answer => Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}"));
        Assert.Single((await program.GetAsync("workflows", Cancel)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_list_is_paged_by_its_Link_header()
    {
        using var program = await ProgramAsync();
        foreach (var name in (string[])["a", "b", "c"])
            await program.PostAsync("machines", new { name, host = "127.0.0.1", user = "u", workFolder = "/w" }, Cancel);
        using var first = await program.Http.GetAsync("machines?limit=2&sort=-name", Cancel);
        var link = Assert.Single(first.Headers.GetValues("Link"));
        Assert.EndsWith("; rel=\"next\"", link, StringComparison.Ordinal);
        var rest = await program.GetAsync(link[1..link.IndexOf('>', StringComparison.Ordinal)], Cancel);
        Assert.Equal("a", Assert.Single(rest.GetProperty("items").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, rest.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task An_endpoint_is_kept_and_its_password_shown_to_nobody()
    {
        using var program = await ProgramAsync();
        var password = Secrets.Note("a data server's password", "hush-hush, says nobody");
        var made = await program.PostAsync("endpoints", new { name = "data", url = "ftp://127.0.0.1/a", userName = "u", password }, Cancel);
        var id = made.GetProperty("id").GetString();
        await program.PutAsync($"endpoints/{id}", new { name = "data", url = "ftp://127.0.0.1/b", userName = "u" }, Cancel);
        var list = await program.GetAsync("endpoints?name=data", Cancel);
        Assert.Equal("ftp://127.0.0.1/b", Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("url").GetString());
        Assert.DoesNotContain("hush", made.ToString() + list, StringComparison.Ordinal);
        await program.DeleteAsync($"endpoints/{id}", Cancel);
        Assert.Empty((await program.GetAsync("endpoints", Cancel)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_workflow_gets_a_version_for_each_text_as_YAML_or_as_JSON()
    {
        using var program = await ProgramAsync();
        var added = await program.PostAsync("workflows", new StringContent(Workflow, Encoding.UTF8, "text/yaml"), Cancel);
        var again = await program.PostAsync("workflows", new { text = Workflow }, Cancel);
        Assert.Equal(1, again.GetProperty("version").GetInt32());
        await program.PostAsync("workflows", new { text = Workflow.Replace("hello", "good day", StringComparison.Ordinal) }, Cancel);
        var id = added.GetProperty("id").GetString();
        Assert.Equal(2, (await program.GetAsync($"workflows/{id}/versions", Cancel)).GetProperty("items").GetArrayLength());
        Assert.Equal(Workflow, (await program.GetAsync($"workflows/{id}/versions/1", Cancel)).GetProperty("text").GetString());
        Assert.Contains("good day", (await program.GetAsync($"workflows/{id}", Cancel)).GetProperty("text").GetString());
        Assert.Equal("Greeting", (await program.GetAsync("workflows", Cancel)).GetProperty("items")[0].GetProperty("title").GetString());
        await program.GetAsync($"workflows/{id}/versions/3", Cancel, 404);
    }

    [Fact]
    public async Task A_run_is_refused_for_what_is_missing()
    {
        using var program = await ProgramAsync();
        var machine = await program.PostAsync("machines", new { name = "one", host = "127.0.0.1", user = "u", workFolder = "/w" }, Cancel);
        var id = machine.GetProperty("id").GetString();
        var run = await program.PostAsync("runs", new { machine = id, securityToken = "x", description = Workflow }, Cancel, 409);
        Assert.Equal("HOST_KEY_UNCONFIRMED", run.GetProperty("code").GetString());
        await program.PostAsync("runs", new { machine = id, securityToken = "x", description = Workflow, leaseFor = "soon" }, Cancel, 422);
        await program.PostAsync("runs", new { machine = id, securityToken = "x", parameters = new { a = new[] { 1 } } }, Cancel, 422);
        Assert.Empty((await program.GetAsync("runs", Cancel)).GetProperty("items").EnumerateArray());
    }

    private async Task<RestClient> ProgramAsync() => await RestClient.SignUpAsync(await portals.PortalAsync(Cancel), Cancel);
}
