using Portal.Domain.Runs;
using Portal.Domain.Workflows.Description;
using static Portal.Tests.Domain.Runs.Given;

namespace Portal.Tests.Domain.Runs;

/// <summary>What counts as the same code, and as what was approved; what a plan asks for in core hours.</summary>
public sealed class CodeHashTests
{
    [Fact]
    public void Everything_that_runs_counts_and_nothing_else()
    {
        var same = CodeHash.Of(Submitted, "f0");
        Assert.Matches("^[0-9a-f]{64}$", same.Hash);
        Assert.Equal(same, CodeHash.Of(Submitted with { RunId = new(Guid.NewGuid()), Name = "Other", Folder = "/x" }, "f0"));
        StepPlan[] scripts = [.. Submitted.Plan.Steps.Select(step => step with { Script = "x" })];
        RunSubmitted[] others =
        [
            Submitted with { Description = Submitted.Description + " " },
            Submitted with { Plan = Submitted.Plan with { Steps = [Submitted.Plan.Steps[0]] } },
            Submitted with { Plan = Submitted.Plan with { Steps = scripts } },
            Submitted with { Plan = Submitted.Plan with { Code = Submitted.Plan.Code! with { To = "elsewhere" } } },
        ];
        Assert.All(others, other => Assert.NotEqual(same.Hash, CodeHash.Of(other, "f0").Hash));
        Assert.NotEqual(same.Hash, CodeHash.Of(Submitted, "f1").Hash);
    }

    [Fact]
    public void What_is_not_what_was_approved_is_told_with_both_hashes()
    {
        var hash = CodeHash.Of(Submitted, "f0").Hash;
        object[] facts =
        [
            Submitted, Granted, new ApprovalDemanded(Id, new(Portal.Domain.Projects.CodeRule.New, false, null, false)),
            new CodeFetched(Id, "c0", null, "t0", 1, 1, "f0"),
            new ApprovalAsked(Id, hash, "", "f0", [ApprovalReason.NewCode], null),
        ];
        Assert.NotNull(Approving.Difference(Run(facts)));
        var approved = Run([.. facts, new RunApproved(Id, hash, User, false, null)]);
        Assert.Null(Approving.Difference(approved));
        Assert.Null(Approving.Difference(approved, "f0"));
        var difference = Approving.Difference(approved, "f1")!;
        Assert.Equal(FailureName.CodeNotApproved, difference.Name);
        Assert.Contains(hash, difference.Evidence, StringComparison.Ordinal);
        Assert.Null(Approving.Difference(Run(Submitted, Granted)));
    }

    [Theory]
    [InlineData("{ time: 1h }", 1.0)]
    [InlineData("{ time: 30m, tasks: 4, cpus: 8 }", 16.0)]
    [InlineData("{ time: 1h, nodes: 2, tasks: 4 }", 4.0)]
    [InlineData("{ time: 1h, nodes: 2, cpus: 3 }", 6.0)]
    [InlineData("{ time: 2h, array: \"1-10%2\" }", 20.0)]
    [InlineData("{ tasks: 4 }", null)]
    public void Core_hours_are_cores_times_the_longest_time(string resources, double? expected)
    {
        var description = WorkflowParser.Parse(
            $"portal: 1\nname: w\ntitle: W\nsteps:\n  - {{ id: a, command: \"true\", resources: {resources} }}\n").Value!;
        var values = ParameterValues.Bind(description.Parameters, new Dictionary<string, string>()).Value!;
        Assert.Equal(expected, CoreHours.Of(PlanResolver.Resolve(description, values, $"{Id}", "W").Value!));
    }
}
