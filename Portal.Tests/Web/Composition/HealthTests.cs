using System.Net;
using Npgsql;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Web.Composition;

public sealed class HealthTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_ready_while_its_database_answers()
    {
        await using var portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Roles=web");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(portal, "healthz"));

        var name = new NpgsqlConnectionStringBuilder(portal.Database).Database!;
        var server = (await postgres.ServerAsync()).ConnectionTo("postgres");
        await PostgresFixture.AdministerAsync(server, $"alter database {name} with allow_connections false");
        try
        {
            await PostgresFixture.AdministerAsync(server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(portal, "healthz"));
        }
        finally
        {
            await PostgresFixture.AdministerAsync(server, $"alter database {name} with allow_connections true");
        }
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(portal, "healthz"));
    }

    [Fact]
    public async Task A_node_that_only_works_answers_for_its_health_and_nothing_else()
    {
        await using var portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Roles=worker");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(portal, "healthz"));
        foreach (var path in (string[])["", "sign-in", "api/v1/me", "openapi/v1.json", "css/base.css"])
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(portal, path));
    }

    private static async Task<HttpStatusCode> StatusAsync(TestPortal portal, string path)
    {
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var answer = await client.GetAsync(path, Cancel);
        return answer.StatusCode;
    }
}
