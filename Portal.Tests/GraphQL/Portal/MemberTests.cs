using System.Text.Json;
using Portal.Domain.Common;
using Portal.Domain.Projects;
using Portal.EventStore;
using Portal.GraphQL.CodeFirst;
using Portal.Tests.Domain.Projects;

namespace Portal.Tests.GraphQL.PortalSchemas;

/// <summary>Members and invitations by GraphQL.</summary>
public sealed class MemberTests(SchemaGround ground) : IClassFixture<SchemaGround>
{
    private const string Why = "errors { __typename ... on Refusal { code field advice } }";

    private static readonly string Invite = Mutation("inviteMember", "InviteMemberInput", "invitation { id secret path }");
    private static readonly string Accept = Mutation("acceptInvitation", "AnswerInvitationInput", "project { id role }");
    private static readonly string Change = Mutation("changeRole", "ChangeRoleInput", "member { role }");
    private static readonly string Remove = Mutation("removeMember", "RemoveMemberInput", "removedId");

    private MemberGround People => new(ground.Portal);

    [Fact]
    public async Task A_person_is_invited_accepts_is_given_a_role_and_removed_and_repeats_change_nothing_more()
    {
        var (owner, grace) = (await People.SignUpAsync(), await People.SignUpAsync());
        var project = SchemaGround.IdOf(await People.ProjectAsync(owner));
        var person = IdOf(grace);
        var invite = new { project, role = "VIEWER", person, clientMutationKey = Guid.NewGuid() };
        var made = (await AskAsync(owner, Invite, invite)).GetProperty("invitation");
        var secret = made.GetProperty("secret").GetString()!;
        Assert.Equal($"/invitation#{secret}", made.GetProperty("path").GetString());
        Assert.Equal(("ConflictError", "CONFLICT"), Refusal(await AskAsync(owner, Invite, invite)));

        var answer = new { secret };
        Assert.Equal(("ForbiddenError", "INVITATION_FOR_ANOTHER"), Refusal(await AskAsync(ground.Stranger, Accept, answer)));
        for (var i = 0; i < 2; i++)
        {
            var joined = (await AskAsync(grace, Accept, answer)).GetProperty("project");
            Assert.Equal("VIEWER", joined.GetProperty("role").GetString());
        }

        var promote = new { project, person, role = "SUBMITTER", clientMutationKey = Guid.NewGuid() };
        var demote = new { project, person, role = "AUDITOR", clientMutationKey = Guid.NewGuid() };
        Assert.Equal("SUBMITTER", RoleIn(await AskAsync(owner, Change, promote)));
        Assert.Equal("AUDITOR", RoleIn(await AskAsync(owner, Change, demote)));
        // A late repeat does not undo what came after it.
        Assert.Equal("AUDITOR", RoleIn(await AskAsync(owner, Change, promote)));

        var remove = new { project, person, clientMutationKey = Guid.NewGuid() };
        for (var i = 0; i < 2; i++)
            Assert.Equal(person, (await AskAsync(owner, Remove, remove)).GetProperty("removedId").GetString());
        Assert.Equal(("NotFoundError", "NOT_FOUND"), Refusal(await AskAsync(owner, Remove, new { project, person })));
        const string Show = "query($project: ID!) { project(id: $project) { id } }";
        Assert.Equal("""{"project":null}""", (await ground.DataAsync(grace, Show, new { project })).ToString());
    }

    [Fact]
    public async Task Invitations_are_for_owners_eyes_and_their_secret_for_nobodys()
    {
        var owner = await People.SignUpAsync();
        var shared = await People.ProjectAsync(owner);
        var maintainer = await People.MemberAsync(owner, shared, Role.Maintainer);
        var project = SchemaGround.IdOf(shared);
        var address = MemberGround.Address();
        var secret = (await AskAsync(owner, Invite, new { project, role = "VIEWER", address })).GetProperty("invitation")
            .GetProperty("secret").GetString()!;
        const string List = "query($project: ID!) { project(id: $project) { invitations { nodes { address role expired } } } }";
        var shown = (await ground.DataAsync(owner, List, new { project })).GetProperty("project").GetProperty("invitations");
        Assert.Equal($$"""{"address":"{{address}}","role":"VIEWER","expired":false}""", shown.GetProperty("nodes")[0].ToString());
        var refused = await ground.AskAsync(maintainer, List, new { project });
        Assert.Equal("FORBIDDEN", refused.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());
        var events = await ground.DataAsync(owner, "query($project: ID!) { events(project: $project) { nodes { type body } } }",
            new { project });
        Assert.Contains("project_member_invited", events.ToString());
        Assert.DoesNotContain(secret[InvitationSecret.Prefix.Length..], events.ToString());
        Assert.DoesNotContain(address, events.ToString());
    }

    [Fact]
    public async Task A_secret_in_the_text_of_a_document_is_refused()
    {
        var answer = await ground.AskAsync(ground.Ada, """{ invitation(secret: "portal_inv_00") { id } }""");
        var error = answer.GetProperty("errors")[0].GetProperty("extensions");
        Assert.Equal("SECRET_IN_DOCUMENT", error.GetProperty("code").GetString());
        const string Show = "query($secret: String!) { invitation(secret: $secret) { id } }";
        var unknown = await ground.DataAsync(ground.Ada, Show, new { secret = "portal_inv_00" });
        Assert.Equal("""{"invitation":null}""", unknown.ToString());
    }

    [Fact]
    public async Task What_is_followed_ends_when_its_reader_is_removed_or_loses_the_role_it_takes()
    {
        var owner = await People.SignUpAsync();
        var shared = await People.ProjectAsync(owner);
        foreach (var demoted in (bool[])[true, false])
        {
            var auditor = await People.MemberAsync(owner, shared, Role.Auditor);
            var (project, person) = (SchemaGround.IdOf(shared), IdOf(auditor));
            using var socket = await LiveSocket.OfAsync(ground, auditor);
            var after = await ground.Get<IEventStore>().LastPositionAsync(TestContext.Current.CancellationToken);
            const string Follow = "subscription($project: ID, $after: Long) { events(project: $project, after: $after) { type } }";
            await socket.SubscribeAsync(Follow, new { project, after });
            await AskAsync(owner, Invite, new { project, role = "VIEWER", address = MemberGround.Address() });
            // Something came: it is followed now, and is not refused for what happens before it begins.
            await socket.NextAsync();
            if (demoted) await AskAsync(owner, Change, new { project, person, role = "VIEWER" });
            else await AskAsync(owner, Remove, new { project, person });
            JsonElement heard;
            do heard = await socket.HearAsync(); while (heard.GetProperty("type").GetString() == "next");
            Assert.Equal(demoted ? "FORBIDDEN" : "NOT_FOUND",
                heard.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString());
        }
    }

    private static string Mutation(string field, string input, string payload) =>
        $"mutation($input: {input}!) {{ {field}(input: $input) {{ {payload} {Why} }} }}";

    private static string IdOf(Caller caller) => new GlobalId("Person", caller.User!.Value.ToString()).ToString();

    private async Task<JsonElement> AskAsync(Caller caller, string mutation, object input) =>
        (await ground.DataAsync(caller, mutation, new { input })).EnumerateObject().Single().Value;

    private static string? RoleIn(JsonElement payload) => payload.GetProperty("member").GetProperty("role").GetString();

    private static (string?, string?) Refusal(JsonElement payload)
    {
        var error = Assert.Single(payload.GetProperty("errors").EnumerateArray());
        return (error.GetProperty("__typename").GetString(), error.GetProperty("code").GetString());
    }
}
