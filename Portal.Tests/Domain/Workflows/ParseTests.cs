using Portal.Domain.Workflows.Description;

namespace Portal.Tests.Domain.Workflows;

public sealed class ParseTests
{
    [Fact]
    public void The_example_of_the_reference_is_read_whole()
    {
        var result = WorkflowParser.Parse(HeatSweep.Text);

        Assert.Null(result.Problems);
        var workflow = result.Value!;
        Assert.Equal(("heat-sweep", "Heat sweep"), (workflow.Name, workflow.Title));
        Assert.Equal(["grid", "duration", "label", "verbose", "scheme", "copy"], workflow.Parameters.Select(x => x.Name));
        Assert.True(workflow.Parameters[2].Required);
        Assert.Equal((6, 3), (workflow.Parameters[0].Line, workflow.Parameters[0].Column));
        Assert.Equal("sort results/*.part > results/summary.csv\necho \"$PARAM_LABEL\" ${{",
            workflow.Steps[1].Script.TrimEnd('\n'));
        Assert.Equal(new Reference("run", "id", 36, 49), workflow.Outputs[0].To.References.Single());
        Assert.Equal([false, true], workflow.Outputs.Select(x => x.Optional));
    }

    [Fact]
    public void Windows_line_ends_and_a_byte_order_mark_change_nothing()
    {
        var result = WorkflowParser.Parse('\uFEFF' + HeatSweep.Text.Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Null(result.Problems);
        Assert.DoesNotContain('\r', result.Value!.Steps[1].Script);
        Assert.Equal(new Reference("run", "id", 36, 49), result.Value.Outputs[0].To.References.Single());
    }

    [Fact]
    public void All_problems_are_told_at_once_in_the_order_of_the_file()
    {
        var result = WorkflowParser.Parse("""
            name: Bad Name
            titel: x
            steps:
              - id: a
                command: echo ${{ parameters.x }}
                resources: { time: 10, memory: 200, nodes: many, partion: p }
              - id: a
                script: ""
            """);

        Assert.Equal(
            [
                ("MISSING_KEY", 1, 1), ("INVALID_NAME", 1, 7), ("UNKNOWN_KEY", 2, 1), ("EXPRESSION_NOT_ALLOWED", 5, 19),
                ("INVALID_DURATION", 6, 24), ("INVALID_MEMORY", 6, 36), ("OUT_OF_RANGE", 6, 48), ("UNKNOWN_KEY", 6, 54),
                ("DUPLICATE_NAME", 7, 9), ("WRONG_TYPE", 8, 13),
            ],
            result.Problems!.Select(x => (x.Code, x.Line!.Value, x.Column!.Value)));
        Assert.All(result.Problems!, x => Assert.False(string.IsNullOrWhiteSpace(x.Advice)));
        Assert.Contains("\"title\"", result.Problems!.First(x => x.Field == "titel").Advice, StringComparison.Ordinal);
        Assert.Contains("PARAM_", result.Problems!.First(x => x.Code == "EXPRESSION_NOT_ALLOWED").Advice,
            StringComparison.Ordinal);
        Assert.Contains(result.Problems!, x => x.Field == "steps[0].resources.time");
    }

    [Fact]
    public void Beyond_fifty_problems_only_their_being_is_told()
    {
        var result = WorkflowParser.Parse(HeatSweep.With(string.Join('\n', Enumerable.Range(0, 70).Select(x => $"key{x}: 1"))));

        Assert.Equal(51, result.Problems!.Count);
        Assert.Equal("TOO_MANY_PROBLEMS", result.Problems[^1].Code);
    }

    [Fact]
    public void Anchors_and_aliases_work()
    {
        var result = WorkflowParser.Parse("""
            portal: 1
            name: x
            steps:
              - { id: a, command: date, resources: &small { time: 1m, memory: 1G } }
              - { id: b, command: date, resources: *small }
            """);

        Assert.Null(result.Problems);
        Assert.Equal("1m", result.Value!.Steps[1].Resources.Time!.Text);
    }

    [Fact]
    public void Names_with_dashes_become_variables_with_underscores()
    {
        var workflow = WorkflowParser.Parse(HeatSweep.With("parameters: { grid-size: { type: integer } }")).Value!;

        Assert.Equal("PARAM_GRID_SIZE", workflow.Parameters[0].Variable);
    }
}
