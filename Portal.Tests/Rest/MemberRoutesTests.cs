using System.Text.Json;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Rest;

/// <summary>Projects, members and invitations by REST.</summary>
public sealed class MemberRoutesTests(RunningPortalFixture portals)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_is_made_renamed_shared_and_left()
    {
        var portal = await portals.PortalAsync(Cancel);
        using var owner = await RestClient.SignUpAsync(portal, Cancel);
        using var grace = await RestClient.SignUpAsync(portal, Cancel);
        using var stranger = await RestClient.SignUpAsync(portal, Cancel);
        var project = $"projects/{Text(await owner.PostAsync("projects", new { name = "Tides" }, Cancel), "id")}";
        Assert.Equal("Waves", Text(await owner.PutAsync(project, new { name = "Waves" }, Cancel), "name"));
        var person = Text(await grace.GetAsync("me", Cancel), "id");
        var made = await owner.PostAsync($"{project}/invitations", new { role = "Viewer", person }, Cancel);
        var secret = Text(made, "secret");
        Assert.Equal($"{portal.Address}invitation#{secret}", Text(made, "link"));
        var invitations = await owner.GetAsync($"{project}/invitations", Cancel);
        var listed = Assert.Single(invitations.GetProperty("items").EnumerateArray());
        Assert.DoesNotContain(secret, listed.ToString(), StringComparison.Ordinal);

        var answer = new { secret };
        Assert.Equal("INVITATION_FOR_ANOTHER", Text(await stranger.PostAsync("invitations/show", answer, Cancel, 403), "code"));
        Assert.Equal("Waves", Text(await grace.PostAsync("invitations/show", new { secret }, Cancel, 200), "projectName"));
        Assert.Equal("Viewer", Text(await grace.PostAsync("invitations/accept", new { secret }, Cancel, 200), "role"));
        Assert.Equal("INVITATION_USED", Text(await stranger.PostAsync("invitations/accept", answer, Cancel, 409), "code"));
        Assert.Equal(2, (await grace.GetAsync($"{project}/members", Cancel)).GetProperty("items").GetArrayLength());
        Assert.Equal("FORBIDDEN", Text(await grace.GetAsync($"{project}/invitations", Cancel, 403), "code"));

        var changed = await owner.PutAsync($"{project}/members/{person}", new { role = "Submitter" }, Cancel);
        Assert.Equal(("Ada", "Submitter"), (Text(changed, "name"), Text(changed, "role")));
        Assert.Equal("LAST_OWNER", Text(await owner.PostAsync($"{project}/leave", null, Cancel, 409), "code"));
        await grace.PostAsync($"{project}/leave", null, Cancel, 204);
        await grace.GetAsync(project, Cancel, 404);
        await owner.DeleteAsync($"{project}/members/{person}", Cancel, 404);
    }

    [Fact]
    public async Task An_invitation_is_declined_or_taken_back_and_its_link_says_so()
    {
        var portal = await portals.PortalAsync(Cancel);
        using var owner = await RestClient.SignUpAsync(portal, Cancel);
        using var grace = await RestClient.SignUpAsync(portal, Cancel);
        var project = $"projects/{Text(await owner.PostAsync("projects", new { name = "Tides" }, Cancel), "id")}";
        var other = $"projects/{Text(await owner.PostAsync("projects", new { name = "Other" }, Cancel), "id")}";
        var invitation = new { role = "Viewer", person = Text(await grace.GetAsync("me", Cancel), "id") };
        var (first, second) = (await owner.PostAsync($"{project}/invitations", invitation, Cancel),
            await owner.PostAsync($"{project}/invitations", invitation, Cancel));
        await grace.PostAsync("invitations/decline", new { secret = Text(first, "secret") }, Cancel, 204);
        await owner.DeleteAsync($"{other}/invitations/{Text(second, "id")}", Cancel, 404);
        await owner.DeleteAsync($"{project}/invitations/{Text(second, "id")}", Cancel);
        var used = await grace.PostAsync("invitations/accept", new { secret = Text(first, "secret") }, Cancel, 409);
        Assert.Equal("INVITATION_USED", Text(used, "code"));
        var refusal = await grace.PostAsync("invitations/accept", new { secret = Text(second, "secret") }, Cancel, 409);
        Assert.Equal(("INVITATION_REVOKED", "This invitation was taken back."), (Text(refusal, "code"), Text(refusal, "detail")));
        await grace.PostAsync("invitations/accept", new { secret = "nonsense" }, Cancel, 404);
    }

    [Fact]
    public async Task What_is_wrong_with_an_invitation_is_said_at_its_field()
    {
        using var owner = await RestClient.SignUpAsync(await portals.PortalAsync(Cancel), Cancel);
        var personal = Text((await owner.GetAsync("projects", Cancel)).GetProperty("items")[0], "id");
        var anybody = new { role = "Viewer", address = "a@example.org" };
        var refused = await owner.PostAsync($"projects/{personal}/invitations", anybody, Cancel, 409);
        Assert.Equal("PERSONAL_PROJECT", Text(refused, "code"));
        var project = Text(await owner.PostAsync("projects", new { name = "Tides" }, Cancel), "id");
        var nobody = new { role = "Viewer", address = "nobody" };
        refused = await owner.PostAsync($"projects/{project}/invitations", nobody, Cancel, 422);
        Assert.Equal("address", Text(refused.GetProperty("errors")[0], "field"));
        await owner.PostAsync($"projects/{project}/invitations", new { address = "a@example.org" }, Cancel, 422);
        await owner.PostAsync("projects", new { name = "" }, Cancel, 422);
    }

    private static string Text(JsonElement answer, string field) => answer.GetProperty(field).GetString()!;
}
