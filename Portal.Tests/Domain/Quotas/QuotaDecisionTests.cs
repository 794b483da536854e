using Portal.Domain.Quotas;
using Portal.Domain.Workflows.Description;

namespace Portal.Tests.Domain.Quotas;

/// <summary>What a quota is, what a run asks for, and who is let in.</summary>
public sealed class QuotaDecisionTests
{
    private const double Hour = 3600;

    private static readonly QuotaLimits Limits = new(3, 100, 1000);

    [Theory]
    [InlineData(null, 5, 5)]
    [InlineData(null, 0, null)]
    [InlineData(0, 5, null)]
    [InlineData(2, 5, 2)]
    [InlineData(2, 0, 2)]
    public void What_a_project_is_told_counts_before_what_all_are_told(int? said, int usual, int? holds) =>
        Assert.Equal(holds, new QuotaLimits(said).Or(new QuotaDefaults { Runs = usual }.Limits).Runs);

    [Theory]
    [InlineData(-1, 1, 1, "runs")]
    [InlineData(1, -1, 1, "coreHours")]
    [InlineData(1, 1, -1, "bytes")]
    public void A_quota_below_nothing_is_refused_by_its_field(int runs, int hours, int bytes, string field)
    {
        var problem = Assert.Single(ChangeQuota.Decide(Quota.Empty, new(default, new(runs, hours, bytes))).Problems!);
        Assert.Equal(("INVALID_INPUT", field), (problem.Code, problem.Field));
    }

    [Fact]
    public void Quotas_that_hold_already_are_no_news()
    {
        var changed = new ProjectQuotaChanged(default, Limits);
        Assert.Equal([changed], ChangeQuota.Decide(Quota.Empty, new(default, Limits)).Value!);
        Assert.Empty(ChangeQuota.Decide(new(Limits), new(default, new(3, 100, 1000))).Value!);
        Assert.Equal([new ProjectQuotaChanged(default, new())], ChangeQuota.Decide(new(Limits), new(default, new())).Value!);
    }

    // Runs, core hours used, core hours asked for by others, bytes; core hours asked for, whether it moves files; the quota in
    // the way.
    [Theory]
    [InlineData(2, 50, 40, 999, 10, true, null)]
    [InlineData(3, 0, 0, 0, 0, false, "quotas.runs")]
    [InlineData(4, 0, 0, 0, 0, false, "quotas.runs")]
    [InlineData(0, 50, 40, 0, 10.01, false, "quotas.coreHours")]
    [InlineData(0, 0, 0, 0, 101, false, "quotas.coreHours")]
    [InlineData(0, 100, 0, 0, 0, false, null)]
    [InlineData(0, 0, 0, 1000, 1, true, "quotas.bytes")]
    [InlineData(0, 0, 0, 1000, 1, false, null)]
    public void A_run_is_let_in_as_far_as_every_quota_goes(
        int runs, double used, double asked, long bytes, double asks, bool files, string? field)
    {
        var problem = Standing(Limits, runs, used, asked, bytes).Refusal(new(asks * Hour, files));
        Assert.Equal(field, problem?.Field);
        if (problem is null) return;
        Assert.Equal("QUOTA_EXCEEDED", problem.Code);
        Assert.Null(Standing(new(), runs, used, asked, bytes).Refusal(new(asks * Hour, files)));
    }

    [Fact]
    public void A_refusal_names_quota_used_asked_limit_and_when_it_frees()
    {
        var problem = Standing(Limits, 0, 1234.5, 40, 0).Refusal(new(2.5 * Hour, false))!;
        Assert.Equal("The project may use 100 core hours a month; 1,234.5 are used, runs under way ask for 40, this one for 2.5.", problem.Message);
        Assert.Contains("1 January 2027 (UTC)", problem.Advice, StringComparison.Ordinal);
        Assert.StartsWith("A place is free when one of them ends.", Standing(Limits, 3, 0, 0, 0).Refusal(new(0, false))!.Advice,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ }", 24)]
    [InlineData("{ time: 30m }", 0.5)]
    [InlineData("{ time: 1h, tasks: 4, cpus: 2 }", 8)]
    [InlineData("{ time: 1h, nodes: 3 }", 3)]
    [InlineData("{ time: 1h, tasks: 2, array: 1-10%3 }", 20)]
    public void A_step_asks_for_its_cores_as_long_as_it_may_run(string resources, double hours)
    {
        var description = WorkflowParser.Parse($"portal: 1\nname: a\ntitle: A\nsteps: [{{ id: a, command: \"true\", resources: {resources} }}]");
        Assert.True(description.Ok, string.Join('\n', description.Problems ?? []));
        var plan = PlanResolver.Resolve(description.Value, new Dictionary<string, string>(), Guid.NewGuid().ToString("n"), "A")
            .Value!;
        Assert.Equal(new Demand(hours * Hour, MovesFiles: false), Demand.Of(plan));
        Assert.Equal(new Demand(0, MovesFiles: false), Demand.Of(plan, _ => false));
    }

    private static Standing Standing(QuotaLimits limits, int runs, double used, double asked, long bytes) => new(
        default, limits, limits.Or(new()), runs, used, asked, bytes, new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
}
