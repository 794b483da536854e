using Portal.Domain.Common;
using Portal.Domain.Projects;

namespace Portal.Tests.Domain.Projects;

/// <summary>When a project wants a second look, as its owners say it.</summary>
public sealed class ApprovalRulesTests
{
    private static readonly Id<Project> Id = new(Guid.Parse("0198f000-0000-7000-8000-0000000000b1"));
    private static readonly ApprovalRules Rules = new(CodeRule.New, true, 100, false);

    private static Project Tides => Project.Empty.After(new ProjectCreated(Id, "Tides", new(Guid.NewGuid()), false));

    [Fact]
    public void New_rules_are_a_fact_and_the_same_again_are_none()
    {
        var decided = ChangeApprovalRules.Decide(Tides, new(Id, Rules)).Value!;
        var changed = Assert.IsType<ApprovalRulesChanged>(Assert.Single(decided));
        Assert.Equal(new ApprovalRulesChanged(Id, Rules), changed);
        Assert.Empty(ChangeApprovalRules.Decide(Tides.After(changed), new(Id, Rules)).Value!);
        Assert.Empty(ChangeApprovalRules.Decide(Tides, new(Id, ApprovalRules.None)).Value!);
    }

    [Theory]
    [InlineData(-1, CodeRule.New, "coreHours")]
    [InlineData(ChangeApprovalRules.MostCoreHours + 1, CodeRule.New, "coreHours")]
    [InlineData(1, (CodeRule)7, "code")]
    public void What_makes_no_sense_is_refused_at_its_field(int hours, CodeRule code, string field)
    {
        var refused = ChangeApprovalRules.Decide(Tides, new(Id, Rules with { CoreHours = hours, Code = code }));
        Assert.Equal(field, Assert.Single(refused.Problems!).Field);
    }

    [Fact]
    public void A_project_that_says_nothing_asks_about_nothing()
    {
        Assert.False(Tides.Approvals.Ask);
        Assert.False((ApprovalRules.None with { Own = true }).Ask);
        Assert.True((ApprovalRules.None with { CoreHours = 0 }).Ask);
        Assert.Equal("NOT_FOUND", ChangeApprovalRules.Decide(Project.Empty, new(Id, Rules)).Problems![0].Code);
    }
}
