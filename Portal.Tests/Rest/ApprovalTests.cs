using Portal.Domain.Projects;
using Portal.Domain.Runs;
using Portal.Tests.GraphQL.PortalSchemas;

namespace Portal.Tests.Rest;

/// <summary>Second looks by REST: read by a token, decided by none.</summary>
public sealed class ApprovalTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_reads_what_waits_and_is_told_that_it_takes_a_person_to_decide()
    {
        using var program = RestClient.With(ground.Portal.Address, (await ground.AccessTokenAsync(ground.Ada)).Text);
        var (id, project) = ((await ground.RunAsync()).Run, $"projects/{ground.Ada.User}");
        var run = SchemaGround.RunOf(id);
        await program.GetAsync($"runs/{run}/approval", Cancel, 404);
        await ground.HappenAsync<Run>(run.Value, new ApprovalDemanded(run, new(CodeRule.New, false, null, false)));
        await RecordedRun.AskAsync(ground, id);
        var approval = await program.GetAsync($"runs/{run}/approval", Cancel);
        Assert.Equal(("Waiting", RecordedRun.Hash), (Text(approval, "stage"), Text(approval, "hash")));
        Assert.Equal("NewCode", Assert.Single(approval.GetProperty("reasons").EnumerateArray()).GetString());
        var listed = await program.GetAsync($"{project}/approvals", Cancel);
        var waiting = Assert.Single(listed.GetProperty("items").EnumerateArray());
        Assert.Equal($"{run}", Text(waiting, "id"));
        Assert.Equal("Never", Text(await program.GetAsync($"{project}/approval-rules", Cancel), "code"));
        var decision = new { hash = RecordedRun.Hash, approve = true };
        var refused = await program.PostAsync($"runs/{run}/approval", decision, Cancel, 403);
        Assert.Contains("takes a person", Text(refused, "detail"), StringComparison.Ordinal);
        Assert.Equal("Waiting", Text(await program.GetAsync($"runs/{run}/approval", Cancel), "stage"));
    }

    private static string? Text(System.Text.Json.JsonElement answer, string field) => answer.GetProperty(field).GetString();
}
