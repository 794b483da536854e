using System.Security.Cryptography;
using System.Text;
using Portal.GraphQL.CodeFirst;
using Portal.Tests.Fixtures;
using Portal.Tests.Rest;

namespace Portal.Tests.GraphQL.Recipes;

/// <summary>
/// What <c>./run</c> makes, for somebody new: the machine registered by the recipe, its key let in, a workflow of that name.
/// </summary>
public sealed class RecipeGround(RunningPortalFixture portals, SiteFixture sites) : IAsyncLifetime
{
    private const string HeatSweep = """
        portal: 1
        name: heat-sweep
        title: Heat sweep
        parameters:
          grid: { type: integer, default: 8 }
        steps:
          - { id: sweep, command: "echo grid $PARAM_GRID | tee summary.csv", resources: { time: 2m } }
        outputs:
          - { from: summary.csv, to: "endpoint://demo-data/recipes/${{ run.id }}/summary.csv" }
        """;

    private readonly Dictionary<string, string> variables = [];
    private RestClient program = null!;

    public static string Folder { get; } = Directory.CreateTempSubdirectory("portal-recipes-").FullName;

    /// <summary>Where the site's machine listens.</summary>
    public int SshPort { get; private set; }

    /// <summary>Two lines: the public key and the security token.</summary>
    public string[] Key { get; private set; } = [];

    /// <summary>The run of the recipe that submits.</summary>
    public string Run { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var (portal, site) = (await portals.PortalAsync(default), await sites.SiteAsync());
        var facts = site.Facts;
        SshPort = facts.SshPort;
        variables["PORTAL_URL"] = portal.Address.ToString().TrimEnd('/');
        variables["PORTAL_TOKEN"] = await RestClient.TokenAsync(portal, default);
        program = RestClient.With(portal.Address, variables["PORTAL_TOKEN"]);
        Key = Lines(await DoAsync("Register a machine", ("MACHINE_NAME", "demo-cluster"), ("MACHINE_HOST", facts.Host),
            ("MACHINE_PORT", $"{facts.SshPort}"), ("MACHINE_USER", facts.User), ("MACHINE_FOLDER", facts.Workdir),
            ("MACHINE_FINGERPRINT", Fingerprint(facts.HostKey))));
        await site.AuthorizeAsync(Key[0]);
        variables["PORTAL_SECURITY_TOKEN"] = Key[1];
        await program.PostAsync("endpoints",
            new { name = "demo-data", url = facts.FtpUrl, userName = facts.FtpUser, password = facts.FtpPassword }, default);
        await WorkflowAsync(HeatSweep);
        Run = Lines(await DoAsync("Submit from GitLab CI"))[0];
        variables["PORTAL_RUN"] = Run;
        variables["PORTAL_STEP"] = "sweep";
    }

    /// <summary>What a recipe says that goes well.</summary>
    public async Task<string> DoAsync(string title, params (string Name, string Value)[] more) =>
        (await TryAsync(title, more)).Text;

    /// <summary>How a recipe ends, in the tests' folder or another; with further variables, or others.</summary>
    public Task<CommandOutcome> TryAsync(string title, (string Name, string Value)[] more, string? folder = null)
    {
        var given = new Dictionary<string, string>(variables);
        foreach (var (name, value) in more) given[name] = value;
        var recipe = Recipe.All.Single(recipe => recipe.Title == title);
        return recipe.RunAsync(folder ?? Folder, given, TestContext.Current.CancellationToken);
    }

    /// <summary>Adds a workflow; gives its id in REST.</summary>
    public async Task<string> WorkflowAsync(string text) =>
        (await program.PostAsync("workflows", new StringContent(text, Encoding.UTF8, "text/yaml"), default))
        .GetProperty("id").GetString()!;

    /// <summary>Submits a run with default values; gives its id in GraphQL.</summary>
    public async Task<string> SubmitAsync(string workflow)
    {
        var machines = await program.GetAsync("machines", default);
        var machine = machines.GetProperty("items")[0].GetProperty("id").GetString();
        var run = await program.PostAsync("runs", new { machine, workflow, securityToken = Key[1] }, default);
        return new GlobalId("Run", run.GetProperty("id").GetString()!).ToString();
    }

    /// <summary>The position of each event of <see cref="Run"/>, in order.</summary>
    public async Task<IReadOnlyList<string>> PositionsAsync()
    {
        const string Query = "query($id: ID!) { run(id: $id) { events { nodes { position } } } }";
        var answer = await program.PostAsync("/graphql", new { query = Query, variables = new { id = Run } }, default, 200);
        return [.. answer.GetProperty("data").GetProperty("run").GetProperty("events").GetProperty("nodes").EnumerateArray()
            .Select(node => node.GetProperty("position").ToString())];
    }

    public static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    // As ssh-keygen -lf prints it.
    private static string Fingerprint(string hostKey) =>
        "SHA256:" + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(hostKey.Split(' ')[1]))).TrimEnd('=');

    public ValueTask DisposeAsync()
    {
        program.Dispose();
        Directory.Delete(Folder, true);
        return ValueTask.CompletedTask;
    }
}
