using System.Diagnostics;
using Npgsql;
using Portal.EventStore;

namespace Portal.Tests.EventStore;

/// <summary>With a cluster of its own, since it is stopped, killed and copied.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("portal-tests-own-").FullName;
    private PrivatePostgres postgres = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => postgres = await StartAsync("a");

    public async ValueTask DisposeAsync()
    {
        await postgres.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(folder, true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Appending_and_following_go_on_through_a_restart(bool killed)
    {
        await using var database = await Samples.OpenAsync(postgres.ConnectionString, new SampleProjection(), new BriefProjection());
        await using var follower = new Follower(database.Tail, 0);
        var appending = Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var i = 0; i < 100; i++)
                await database.Store.AppendedAsync($"sample-{writer}", i, new SampleOpened($"{i}"));
        }));
        await follower.UntilAsync(80);

        if (killed)
            Kill(postgres.ProcessId);
        else
            await postgres.RestartAsync(Cancel);
        await appending;
        await follower.UntilAsync(800);
        await database.Documents.CaughtUpAsync<SampleView>(await database.Store.HighestPositionAsync(Cancel), Cancel);

        Assert.Equal(800, follower.Seen.Select(one => one.Position).Distinct().Count());
        Assert.Equal(800, follower.Seen.Count);
        Assert.Equal(800, (await database.Documents.FindAsync<SampleBrief>("all", Cancel))!.Events);
        Assert.True((await database.VerifyAsync(null, Cancel)).Holds);
    }

    [Fact]
    public async Task A_second_start_is_refused_and_names_the_holder()
    {
        var refused = await Assert.ThrowsAsync<PrivatePostgresException>(() => StartAsync("a"));

        Assert.Contains($"process {Environment.ProcessId}", refused.Message);
    }

    [Fact]
    public async Task A_long_path_and_a_second_life_are_no_obstacle()
    {
        var name = string.Join('/', Enumerable.Repeat("a-rather-long-name-of-a-folder", 6));
        await using (var first = await StartAsync(name))
        await using (var database = await Samples.OpenAsync(first.ConnectionString))
            await database.Store.AppendedAsync("sample-1", 0, new SampleOpened("kept"));

        await using var second = await StartAsync(name);
        await using var again = await Samples.OpenAsync(second.ConnectionString);
        Assert.Equal(new SampleOpened("kept"), Assert.Single(await again.Store.AllAsync("sample-1")).Body);
    }

    [Fact]
    public async Task A_stale_file_of_a_killed_server_does_not_stand_in_the_way()
    {
        await postgres.DisposeAsync();
        // The number belongs to a living program that is no server.
        await File.WriteAllTextAsync(Path.Combine(postgres.DataFolder, "postmaster.pid"), $"{Environment.ProcessId}\n", Cancel);

        postgres = await StartAsync("a");

        Assert.NotEqual(0, postgres.ProcessId);
    }

    [Fact]
    public async Task Events_behind_a_restored_dump_come_after_those_in_it()
    {
        await using (var database = await Samples.OpenAsync(postgres.ConnectionString))
            for (var i = 0; i < 50; i++)
                await database.Store.AppendedAsync("sample-1", i, new SampleOpened($"{i}"));
        await using var younger = await StartAsync("b");
        await PipeAsync($"pg_dump -h {postgres.SocketFolder} -U portal portal | psql -qX -h {younger.SocketFolder} -U portal portal >/dev/null");
        await SqlAsync(younger, "alter table portal_events.events disable trigger user;"
            + "update portal_events.events set transaction_id = (transaction_id::text::bigint + 1000000)::text::xid8");

        await using var restored = await Samples.OpenAsync(younger.ConnectionString);
        await using var follower = new Follower(restored.Tail, 0);
        for (var i = 50; i < 60; i++)
            await restored.Store.AppendedAsync("sample-1", i, new SampleOpened($"{i}"));
        await follower.UntilAsync(60);

        Assert.Equal(Enumerable.Range(1, 60).Select(version => (long)version), follower.Seen.Select(one => one.Version));
        Assert.True((await restored.VerifyAsync(null, Cancel)).Holds);
    }

    private static void Kill(int process)
    {
        using var server = Process.GetProcessById(process);
        server.Kill();
    }

    private static async Task SqlAsync(PrivatePostgres server, string sql) =>
        await Fixtures.PostgresFixture.RunAsync(server.ConnectionString, sql);

    private static async Task PipeAsync(string script)
    {
        using var shell = Process.Start("/bin/sh", ["-c", script]);
        await shell.WaitForExitAsync(Cancel);
        Assert.Equal(0, shell.ExitCode);
    }

    private Task<PrivatePostgres> StartAsync(string name) =>
        PrivatePostgres.StartAsync(Path.Combine(folder, name), null, null, Cancel);
}
