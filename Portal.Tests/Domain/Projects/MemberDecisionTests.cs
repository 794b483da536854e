using Portal.Domain.Accounts;
using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Tests.Domain.Projects;

/// <summary>Who gets in and out of a project, and as what.</summary>
public sealed class MemberDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
    private static readonly Id<Project> Here = new(Guid.Parse("0198f000-0000-7000-8000-000000000001"));
    private static readonly Id<Invitation> Link = new(Guid.Parse("0198f000-0000-7000-8000-000000000002"));
    private static readonly Id<User> Ada = new(Guid.Parse("0198f000-0000-7000-8000-00000000000a"));
    private static readonly Id<User> Grace = new(Guid.Parse("0198f000-0000-7000-8000-00000000000b"));
    private static readonly ProjectCreated Created = new(Here, "Tides", Ada, Personal: false);
    private static readonly MemberInvited Invited = new(Here, Link, Role.Submitter, Grace, Ada, "00", Now + InviteMember.Life);
    private static readonly MemberInvited ByAddress = Invited with { Person = null };

    private static MemberAdded Joined(Role role) => new(Here, "Tides", Grace, role);

    [Fact]
    public void An_invitation_holds_an_account_or_nothing_and_is_good_for_seven_days()
    {
        Assert.Equal([Invited], Invite(new(Link, Here, Role.Submitter, Person: Grace), Created).Value!);
        Assert.Equal([ByAddress], Invite(new(Link, Here, Role.Submitter, "grace@example.org"), Created).Value!);
        Assert.Equal(TimeSpan.FromDays(7), InviteMember.Life);
    }

    [Theory]
    [InlineData("grace")]
    [InlineData("grace@example.org\n")]
    [InlineData("grace hopper@example.org")]
    [InlineData("a@b@c")]
    [InlineData("")]
    public void What_is_no_mail_address_is_refused_at_its_field(string address) =>
        Assert.Equal(("INVALID_INPUT", "address"), Refused(Invite(new(Link, Here, Role.Viewer, address), Created)));

    [Fact]
    public void An_invitation_is_for_one_and_only_one()
    {
        Assert.Equal(("INVALID_INPUT", "address"), Refused(Invite(new(Link, Here, Role.Viewer), Created)));
        Assert.Equal(("INVALID_INPUT", "address"), Refused(Invite(new(Link, Here, Role.Viewer, "a@b.org", Grace), Created)));
        Assert.Equal(("INVALID_INPUT", "role"), Refused(Invite(new(Link, Here, (Role)9, "a@example.org"), Created)));
    }

    [Fact]
    public void Nobody_is_invited_to_a_personal_project_or_to_where_they_are_or_under_an_id_that_is_taken()
    {
        InviteMember grace = new(Link, Here, Role.Viewer, Person: Grace);
        Assert.Equal(("PERSONAL_PROJECT", "project"), Refused(Invite(grace, Created with { Personal = true })));
        Assert.Equal(("ALREADY_MEMBER", "person"), Refused(Invite(grace, Created, Joined(Role.Viewer))));
        Assert.Equal(("CONFLICT", "id"), Refused(Invite(grace, Created, Invited)));
        Assert.Equal(("NOT_FOUND", null), Refused(Invite(grace)));
    }

    [Fact]
    public void Invitations_that_wait_are_not_without_number()
    {
        var many = Enumerable.Range(0, InviteMember.MostOpen)
            .Select(at => Invited with { InvitationId = new(Guid.CreateVersion7()) }).ToList();
        InviteMember one = new(Link, Here, Role.Viewer, "a@example.org");
        Assert.Equal(("TOO_MANY_INVITATIONS", null), Refused(Invite(one, [Created, .. many])));
        Assert.True(Invite(one, [Created, .. many.Select(past => past with { Until = Now })]).Ok);
    }

    [Fact]
    public void Accepted_is_the_answer_and_the_membership_and_a_repeat_is_nothing_new()
    {
        object[] joined = [new InvitationAccepted(Here, Link, Grace), Joined(Role.Submitter)];
        Assert.Equal(joined, Accept(Grace, false, Created, Invited).Value!);
        Assert.Equal(joined, Accept(Grace, true, Created, ByAddress).Value!);
        Assert.Empty(Accept(Grace, false, [Created, Invited, .. joined]).Value!);
        Assert.Equal([new InvitationDeclined(Here, Link, Grace)], Decline(Grace, Created, Invited).Value!);
        Assert.Empty(Decline(Grace, Created, Invited, new InvitationDeclined(Here, Link, Grace)).Value!);
    }

    public static TheoryData<string, object[]> WhyNot => new()
    {
        { "NOT_FOUND", [Created] },
        { "INVITATION_FOR_ANOTHER", [Created, Invited with { Person = Ada }] },
        { "INVITATION_FOR_ANOTHER", [Created, ByAddress] },
        { "INVITATION_EXPIRED", [Created, Invited with { Until = Now }] },
        { "INVITATION_REVOKED", [Created, Invited, new InvitationRevoked(Here, Link)] },
        // Who invited may not invite any more: not an owner, or gone.
        { "INVITATION_REVOKED", [Created, Invited, new MemberAdded(Here, "Tides", Ada, Role.Maintainer)] },
        { "INVITATION_REVOKED", [Created, Invited, new MemberRemoved(Here, Ada)] },
        { "INVITATION_USED", [Created, Invited, new InvitationAccepted(Here, Link, Ada)] },
        { "INVITATION_USED", [Created, Invited, new InvitationAccepted(Here, Link, Grace)] },
        { "ALREADY_MEMBER", [Created, Joined(Role.Viewer), Invited] },
    };

    [Theory, MemberData(nameof(WhyNot))]
    public void What_cannot_be_answered_is_refused_with_advice(string code, object[] facts)
    {
        foreach (var answer in new[] { Accept(Grace, false, facts), Decline(Grace, facts) })
        {
            var problem = Assert.Single(answer.Problems!);
            Assert.Equal(code, problem.Code);
            Assert.NotNull(problem.Advice);
        }
    }

    [Fact]
    public void A_revoked_invitation_is_over_and_an_accepted_one_is_not_revoked()
    {
        Assert.Equal([new InvitationRevoked(Here, Link)], Revoke(Created, Invited).Value!);
        Assert.Empty(Revoke(Created, Invited, new InvitationRevoked(Here, Link)).Value!);
        Assert.Equal(("INVITATION_USED", "id"), Refused(Revoke(Created, Invited, new InvitationAccepted(Here, Link, Grace))));
        Assert.Equal(("NOT_FOUND", null), Refused(Revoke(Created)));
    }

    [Fact]
    public void A_role_is_changed_and_the_last_owner_stays_one()
    {
        Assert.Equal([Joined(Role.Owner)], Change(Grace, Role.Owner, Created, Joined(Role.Viewer)).Value!);
        Assert.Empty(Change(Grace, Role.Viewer, Created, Joined(Role.Viewer)).Value!);
        Assert.Equal(("LAST_OWNER", "role"), Refused(Change(Ada, Role.Viewer, Created, Joined(Role.Maintainer))));
        Assert.True(Change(Ada, Role.Viewer, Created, Joined(Role.Owner)).Ok);
        Assert.Equal(("NOT_FOUND", null), Refused(Change(Grace, Role.Viewer, Created)));
    }

    [Fact]
    public void A_member_is_removed_and_the_last_owner_is_not()
    {
        Assert.Equal([new MemberRemoved(Here, Grace)], Remove(Grace, Created, Joined(Role.Viewer)).Value!);
        Assert.Equal(("LAST_OWNER", "person"), Refused(Remove(Ada, Created, Joined(Role.Maintainer))));
        Assert.True(Remove(Ada, Created, Joined(Role.Owner)).Ok);
        Assert.Equal(("NOT_FOUND", null), Refused(Remove(Grace, Created)));
    }

    [Fact]
    public void A_new_name_is_told_to_all_members()
    {
        var renamed = Assert.IsType<ProjectRenamed>(Assert.Single(
            RenameProject.Decide(Given(Created, Joined(Role.Viewer)), new(Here, " Tides of the North ")).Value!));
        Assert.Equal(("Tides of the North", 2), (renamed.Name, renamed.Members.Count));
        Assert.Empty(RenameProject.Decide(Given(Created), new(Here, "Tides")).Value!);
        Assert.Equal(("INVALID_INPUT", "name"), Refused(RenameProject.Decide(Given(Created), new(Here, ""))));
    }

    private static Project Given(params IEnumerable<object> facts) =>
        facts.Aggregate(Project.Empty, (project, fact) => project.After(fact));

    private static Result<IReadOnlyList<object>> Invite(InviteMember command, params object[] facts) =>
        InviteMember.Decide(Given(facts), command, Ada, "00", Now);

    private static Result<IReadOnlyList<object>> Accept(Id<User> user, bool theirs, params object[] facts) =>
        AcceptInvitation.Decide(Given(facts), Link, user, theirs, Now);

    private static Result<IReadOnlyList<object>> Decline(Id<User> user, params object[] facts) =>
        DeclineInvitation.Decide(Given(facts), Link, user, false, Now);

    private static Result<IReadOnlyList<object>> Revoke(params object[] facts) =>
        RevokeInvitation.Decide(Given(facts), new(Link));

    private static Result<IReadOnlyList<object>> Change(Id<User> user, Role role, params object[] facts) =>
        ChangeRole.Decide(Given(facts), new(Here, user, role));

    private static Result<IReadOnlyList<object>> Remove(Id<User> user, params object[] facts) =>
        RemoveMember.Decide(Given(facts), new(Here, user));

    private static (string Code, string? Field) Refused(Result<IReadOnlyList<object>> answer)
    {
        var problem = Assert.Single(answer.Problems!);
        return (problem.Code, problem.Field);
    }
}
