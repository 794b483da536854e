using System.Net;
using Portal.Tests.Fixtures;
using Portal.Tests.Fixtures.Leaks;

namespace Portal.Tests.Rest;

/// <summary>Two nodes on one database.</summary>
public sealed class TwoNodesTests(PostgresFixture postgres)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_that_is_revoked_at_one_node_is_refused_at_the_other()
    {
        await using var portal = await TestPortal.StartAsync(postgres, Cancel, "--Portal:Roles=web", "--Portal:NodeName=one");
        var folder = Directory.CreateTempSubdirectory("portal-node-").FullName;
        await using (var other = await Recorder.StartAsync(["--urls", "http://127.0.0.1:0", "--Portal:DataFolder", folder,
            "--Portal:Database", portal.Database,
            "--Portal:Roles=web", "--Portal:NodeName=other", "--Logging:LogLevel:Default", "Warning"], Cancel))
        {
            using var here = await RestClient.SignUpAsync(portal, Cancel);
            using var there = RestClient.With(new(other.Urls.First() + "/"),
                here.Http.DefaultRequestHeaders.Authorization!.Parameter!);
            // Both have seen it, so that both believe it for a moment.
            Assert.Equal("Ada", (await there.GetAsync("me", Cancel)).GetProperty("name").GetString());
            var token = Assert.Single((await here.GetAsync("tokens", Cancel)).GetProperty("items").EnumerateArray());
            await here.DeleteAsync($"tokens/{token.GetProperty("id").GetString()}", Cancel);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            patience.CancelAfter(TimeSpan.FromSeconds(60));
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            foreach (var program in (RestClient[])[here, there])
                while (await StatusAsync(program) != HttpStatusCode.Unauthorized) await timer.WaitForNextTickAsync(patience.Token);

            async Task<HttpStatusCode> StatusAsync(RestClient program)
            {
                using var answer = await program.Http.GetAsync("me", patience.Token);
                return answer.StatusCode;
            }
        }
        Directory.Delete(folder, true);
    }
}
