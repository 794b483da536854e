using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Portal.Domain.Audit;
using Portal.Tests.Domain.Accounts;
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

    [Fact]
    public async Task A_place_that_lacks_seals_is_told_and_the_portal_goes_on()
    {
        await using var portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Seals:Every=00:00:01",
            "--Portal:Seals:Places:0:Url=http://127.0.0.1:9/seals", "--Portal:Outgoing:Allow=127.0.0.1/32");
        using var client = new HttpClient { BaseAddress = portal.Address };
        string text;
        // Something has to happen first, and to be sealed.
        await new AccountGround(portal).SignUpAsync();
        do
        {
            using var answer = await client.GetAsync("healthz", Cancel);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            text = await answer.Content.ReadAsStringAsync(Cancel);
        }
        while (text == "ready\n");
        Assert.Matches(@"\Adegraded\nseals: 1 of 1 places without them since [0-9T:-]{19}Z: unreachable\n\z", text);

        var people = new AccountGround(portal);
        var places = portal.Services.GetRequiredService<SealPlacesHandler>();
        var told = Assert.Single(PortalGround.Ok(await places.HandleAsync(await people.AdministratorAsync(), Cancel)));
        Assert.Equal(("http://127.0.0.1:9/seals/", SealPlaceFaultKind.Unreachable), (told.Place, told.Fault!.Kind));
        Assert.Equal("FORBIDDEN", (await places.HandleAsync(await people.SignUpAsync(), Cancel)).Problems![0].Code);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestPortal portal, string path)
    {
        using var client = new HttpClient { BaseAddress = portal.Address };
        using var answer = await client.GetAsync(path, Cancel);
        return answer.StatusCode;
    }
}
