using System.Text.Json;
using Npgsql;
using Portal.Tests.Browser;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Access;

/// <summary>Ten thousand hostile strings through every input of every door: nothing is executed, nothing becomes a part of a page, nothing
/// fails inside, and what was there stays as it was.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HostileStringsTests(BrowserFixture fixture, PostgresFixture postgres) : IAsyncLifetime
{
    private const int Count = 10_000;

    private readonly string folder = Directory.CreateTempSubdirectory("portal-hostile-").FullName;
    private PortalServer portal = null!;
    private HostileGround ground = null!;
    private string database = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Canary => Path.Combine(folder, "canary");

    public async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync();
        portal = await PortalServer.StartAsync(database, Path.Combine(folder, "data"), new Dictionary<string, string>
        {
            ["Portal__Limits__PerToken"] = "0", ["Portal__Limits__PerAccount"] = "0", ["Portal__Limits__PerAddress"] = "0",
        }, Cancel);
        ground = await HostileGround.StartAsync(await fixture.BrowserAsync(), portal.Address, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await ground.DisposeAsync();
        await portal.DisposeAsync();
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task Ten_thousand_hostile_strings_do_nothing()
    {
        var inputs = (IReadOnlyList<HostileInput>)
            [.. HostileInputs.OfGraphQL(ground), .. await HostileInputs.OfRestAsync(ground, Cancel), .. HostileInputs.OfForms, .. HostileInputs.OfPages];
        Assert.True(inputs.Count > 150, $"only {inputs.Count} inputs were found");
        var strings = HostileStrings.Make(Count, Canary, seed: 20_26);
        var places = new int[inputs.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Cancel },
            async (number, cancel) =>
            {
                var input = inputs[number % inputs.Count];
                Interlocked.Increment(ref places[number % inputs.Count]);
                var fault = await input.SendAsync(ground, strings[number], cancel);
                Assert.True(fault is null, $"{input.Name} with {JsonSerializer.Serialize(strings[number])}: {fault}");
            });
        Assert.All(places, times => Assert.True(times > 0));

        Assert.False(File.Exists(Canary), "A shell ran one of them.");
        Assert.DoesNotContain("fail: ", portal.Output, StringComparison.Ordinal);
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(
            "select count(*) from accounts.users union all select count(*) from portal_events.events where type = 'project_created'");
        Assert.Equal(1L, await command.ExecuteScalarAsync(Cancel));
        await NothingIsRenderedAsync();
    }

    // What was taken stands in lists by now.
    private async Task NothingIsRenderedAsync()
    {
        var visit = ground.Visit;
        foreach (var page in (string[])["/projects", "/machines", "/workflows", "/data", "/runs", "/account/tokens", "/account/sessions", "/admin/users",
            "/admin/invitations", "/admin/holds", $"/projects/{ground.Project}"])
        {
            await visit.OpenAsync(page);
            await visit.Page.Locator("main").WaitForAsync();
            Assert.Null(await visit.Page.EvaluateAsync<int?>("window.hostile ?? null"));
            Assert.Equal(0, await visit.Page.Locator($"{HostileStrings.Mark}, [onerror], [onload], a[href^='javascript:']").CountAsync());
        }
        Assert.Empty(visit.Errors);
    }
}
