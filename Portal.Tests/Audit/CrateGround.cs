using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Machines;
using Portal.Domain.Runs;
using Portal.Domain.Workflows.Description;
using Portal.EventStore;
using Portal.Jobs.Audit;
using Portal.Jobs.Audit.Places;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Web.Composition;

namespace Portal.Tests.Audit;

/// <summary>A portal that does no work, beside it one who seals when asked, and a run that happened: input, code, a step that broke and
/// went well the second time, and a result that lies where it can be read.</summary>
public sealed class CrateGround(PostgresFixture postgres) : IAsyncLifetime
{
    public const string Description = """
        portal: 1
        name: tides
        title: Tides
        description: High and low.
        parameters:
          grid: { type: integer, default: 64, minimum: 8, maximum: 400, unit: cells }
        inputs:
          - { from: "endpoint://tides/depth of sea.csv", to: depth.csv }
        code: { url: "https://git.example.org/tides.git", to: code }
        steps:
          - { id: solve, title: Solve, command: "true", resources: { time: 5m } }
        outputs:
          - { from: out.csv, to: "endpoint://tides/out.csv" }
          - { from: more.csv, to: "endpoint://tides/more.csv", optional: true }
        """;

    private readonly SchemaGround schema = new(postgres);
    private SealKey key = null!;
    private SealCarriers carriers = null!;
    private SealClock clock = null!;
    private HttpClient http = null!;

    public SchemaGround Schema => schema;

    /// <summary>The run.</summary>
    public Id<Run> Run { get; } = new(Guid.CreateVersion7());

    /// <summary>A folder for files.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("portal-crates-").FullName;

    /// <summary>The public key of the seals, PEM.</summary>
    public string Keys => key.PublicPem;

    /// <summary>What Ada's access token is.</summary>
    public string Token { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await schema.InitializeAsync();
        key = SealKey.LoadOrCreate(Path.Combine(schema.Get<PortalSettings>().Folder("keys"), "seals.pem"));
        var events = schema.Get<EventStoreDatabase>();
        carriers = new(events, [], schema.Get<SealPlaceTable>(), new(), TimeProvider.System, NullLogger<SealCarriers>.Instance);
        clock = new(events, key, new(), carriers, TimeProvider.System, NullLogger<SealClock>.Instance);
        await clock.StartAsync(default);
        Token = (await schema.AccessTokenAsync(schema.Ada)).Text;
        http = new() { BaseAddress = schema.Portal.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        await schema.HappenAsync<Account>(schema.Ada.User!.Value.Value, new AdministratorNamed(schema.Ada.User.Value));
        await schema.HappenAsync<Machine>(schema.Machine.Value, new MachineSettingsChanged(schema.Machine,
            new("demo", "login.example.org", 22, "ada", "/work", null, null, "slurm", ["module load gcc/12.2 mpi", "umask 027"], [])),
            new MachineChecked(schema.Machine, Guid.NewGuid(), true,
                [new("login", true, "Logged in."), new("scheduler", true, "slurm 22.05.8; accounting answers. Partitions: batch.")]));
        await schema.HappenAsync<Run>(Run.Value, await FactsAsync());
        // What comes later says nothing about the run.
        await schema.HappenAsync<Machine>(schema.Machine.Value, new MachineChecked(schema.Machine, Guid.NewGuid(), true,
            [new("scheduler", true, "slurm 23.11.1; accounting answers.")]));
    }

    /// <summary>What REST answers.</summary>
    public async Task<byte[]> GetAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri($"api/v1/{path}", UriKind.Relative));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(answer.IsSuccessStatusCode, System.Text.Encoding.UTF8.GetString(bytes));
        return bytes;
    }

    /// <summary>A new file with these bytes.</summary>
    public async Task<string> FileAsync(byte[] bytes)
    {
        var path = Path.Combine(Folder, Guid.NewGuid().ToString("n"));
        await File.WriteAllBytesAsync(path, bytes);
        return path;
    }

    public async ValueTask DisposeAsync()
    {
        await clock.StopAsync(default);
        clock.Dispose();
        carriers.Dispose();
        key.Dispose();
        http.Dispose();
        await schema.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task<object[]> FactsAsync()
    {
        // What lies there is the portal's own picture: a result by another name.
        var at = new Uri(schema.Portal.Address, "icon.svg");
        using var open = new HttpClient();
        var bytes = await open.GetByteArrayAsync(at);
        var (run, ada, hash) = (Run, schema.Ada.User!.Value, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        var (counts, input) = (new TaskCounts(0, 0, 1, 0, 0), "endpoint://tides/depth%20of%20sea.csv");
        static Location At(string text) => PortalGround.Ok(Location.Parse(text));
        var plan = new RunPlan([new(At(input), "depth.csv")],
            new(PortalGround.Ok(RepositoryAddress.Parse("https://git.example.org/tides.git")), null, null, "code"),
            [new("solve", "Solve", "true", new Dictionary<string, string> { ["PARAM_GRID"] = "64", ["RUN_ID"] = $"{run}" }, new())],
            [new("out.csv", At($"{at}"), false), new("more.csv", At("endpoint://tides/more.csv"), true)]);
        var broke = new Failure(FailureName.NodeFailure, "A node broke down.", "NODE_FAIL", "Try again.");
        return
        [
            new RunSubmitted(run, new(ada.Value), schema.Machine, "demo", new(Guid.CreateVersion7()), ada, "spring \"tide\"", "tides", null, null,
                Description, new Dictionary<string, string> { ["grid"] = "64" }, plan, $"/work/{run}"),
            new PhaseEntered(run, Phase.FetchingInputs), new TransferStarted(run, "input-0", input, "depth.csv", 1),
            new TransferCompleted(run, "input-0", 10, new('a', 64), false),
            new CodeResolved(run, "https://git.example.org/tides.git", null, "c0ffee"),
            new CodeFetched(run, "c0ffee", null, "7ree", 3, 300, new('b', 64)), new CodeStaged(run, "c0ffee", "7ree"),
            new PhaseEntered(run, Phase.Queued), new StepSubmitting(run, "solve", 1, "key-1"),
            new JobSubmitted(run, "solve", "key-1", "41", null),
            new StepEnded(run, "solve", 1, "failed", 1, counts, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, broke, null, 2.5),
            new StepSubmitting(run, "solve", 2, "key-2"), new JobSubmitted(run, "solve", "key-2", "42", null),
            new StepEnded(run, "solve", 2, "succeeded", 0, counts, null, null, null, null, 3),
            new OutputsFound(run, [new("out.csv", bytes.Length), new("more.csv", null)]),
            new TransferStarted(run, "output-0", "out.csv", $"{at}", 1),
            new TransferCompleted(run, "output-0", bytes.Length, hash, false), new RunSucceeded(run),
        ];
    }
}
