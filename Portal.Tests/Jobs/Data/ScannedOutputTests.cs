using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Npgsql;
using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Data;
using Portal.Domain.Runs;
using Portal.Domain.Workflows.Description;
using Portal.EventStore;
using Portal.Tests.Fixtures;
using Portal.Tests.GraphQL.PortalSchemas;
using Portal.Tests.Jobs.Transfers;
using Portal.Tests.Rest;

namespace Portal.Tests.Jobs.Data;

/// <summary>A portal with a scanner gives out no result that the scanner finds something in, at no door.</summary>
public sealed class ScannedOutputTests(PostgresFixture postgres, ClamHost clam, HttpServer web)
    : IClassFixture<ClamHost>, IClassFixture<HttpServer>, IAsyncLifetime
{
    private readonly SchemaGround ground = new(postgres) { More = [$"--Portal:Scanner:Address={clam.Socket}"] };
    private readonly HttpClient http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await ground.InitializeAsync();
        http.BaseAddress = ground.Portal.Address;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", (await ground.AccessTokenAsync(ground.Ada)).Text);
    }

    [Fact]
    public async Task What_is_marked_is_refused_by_name_and_noted_and_the_rest_is_given_out()
    {
        var run = await RunAsync(ground.Ada.User!.Value, ("clean.txt", "nothing in here"u8.ToArray()), ("marked.txt", ClamHost.Marked));
        Assert.Equal("nothing in here", await http.GetStringAsync(new Uri($"api/v1/runs/{run}/outputs/0", UriKind.Relative), Cancel));
        using var refused = await http.GetAsync(new Uri($"api/v1/runs/{run}/outputs/1", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var said = await refused.Content.ReadAsStringAsync(Cancel);
        Assert.Contains("OUTPUT_INFECTED", said, StringComparison.Ordinal);
        Assert.Contains(ClamHost.Name, said, StringComparison.Ordinal);
        Assert.DoesNotContain("that is marked", said, StringComparison.Ordinal);
        var noted = Assert.Single(await NotedAsync(run));
        Assert.Equal((new(ground.Ada.User!.Value.Value), ClamHost.Name, Convert.ToHexStringLower(SHA256.HashData(ClamHost.Marked))),
            (noted.ProjectId, noted.Found, noted.Sha256));
    }

    [Fact]
    public async Task A_browser_is_told_in_words()
    {
        using var visit = await CookieVisit.SignUpAsync(ground.Portal.Address, Cancel, "grace@example.org");
        await using var command = ground.Get<NpgsqlDataSource>().CreateCommand(
            "select id from accounts.users where email = 'grace@example.org'");
        var run = await RunAsync(new((Guid)(await command.ExecuteScalarAsync(Cancel))!), ("marked.txt", ClamHost.Marked));
        using var refused = await visit.Http.GetAsync(new Uri($"runs/{run}/results/0?download=1", UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.Forbidden, "text/plain"), (refused.StatusCode, refused.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith($"The scanner found {ClamHost.Name} in this file. It is not given out.",
            await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.StartsWith("sandbox;", refused.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private async Task<Id<Run>> RunAsync(Id<User> owner, params (string Name, byte[] Bytes)[] results)
    {
        var run = new Id<Run>(Guid.CreateVersion7());
        var at = results.Select(result => PortalGround.Ok(Location.Parse($"http://127.0.0.1:{web.Port}/files/{run}-{result.Name}"))).ToList();
        List<object> facts =
        [
            new RunSubmitted(run, new(owner.Value), ground.Machine, "demo", new(Guid.CreateVersion7()), owner, "results", "one-step", null,
                null, SchemaGround.Description, new Dictionary<string, string>(),
                new([], null, [new("a", "A", "true", new Dictionary<string, string>(), new())],
                    [.. results.Select((result, index) => new OutputPlan(result.Name, at[index], false))]), $"/work/{run}"),
            new OutputsFound(run, [.. results.Select(result => new FoundOutput(result.Name, result.Bytes.Length))]),
        ];
        foreach (var (index, (name, bytes)) in results.Index())
        {
            await File.WriteAllBytesAsync(web.At($"{run}-{name}"), bytes, Cancel);
            facts.Add(new TransferStarted(run, $"output-{index}", name, $"{at[index]}", 1));
            facts.Add(new TransferCompleted(run, $"output-{index}", bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), false));
        }
        await ground.HappenAsync<Run>(run.Value, [.. facts, new RunSucceeded(run)]);
        return run;
    }

    private async Task<List<OutputRefused>> NotedAsync(Id<Run> run)
    {
        var store = ground.Get<IEventStore>();
        await ground.Get<IDocuments>().CaughtUpAsync<RunView>(await store.HighestPositionAsync(Cancel), Cancel);
        return [.. (await store.ReadAllAsync(0, 1000, Cancel)).Select(one => one.Body).OfType<OutputRefused>().Where(one => one.RunId == run)];
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await ground.DisposeAsync();
    }
}
