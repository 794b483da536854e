using System.Text.Json;
using Portal.Domain.Workflows.Description;

namespace Portal.Tests.Domain.Workflows;

public sealed class ParameterValuesTests
{
    private static readonly IReadOnlyList<ParameterDefinition> Definitions =
        WorkflowParser.Parse(HeatSweep.Text).Value!.Parameters;

    [Fact]
    public void Defaults_are_filled_in_and_may_refer_to_other_parameters()
    {
        var values = ParameterValues.Bind(Definitions, new Dictionary<string, string> { ["label"] = "abc",
            ["grid"] = "+064" }).Value!;

        Assert.Equal(["grid=64", "duration=2", "label=abc", "verbose=false", "scheme=explicit", "copy=abc-64"],
            values.Select(x => $"{x.Key}={x.Value}"));
    }

    [Theory]
    [InlineData("grid", "7", "OUT_OF_RANGE")]
    [InlineData("grid", "401", "OUT_OF_RANGE")]
    [InlineData("grid", "48.0", "WRONG_TYPE")]
    [InlineData("grid", "1e2", "WRONG_TYPE")]
    [InlineData("grid", "", "WRONG_TYPE")]
    [InlineData("grid", " 48", "WRONG_TYPE")]
    [InlineData("grid", "0x30", "WRONG_TYPE")]
    [InlineData("grid", "99999999999999999999999", "OUT_OF_RANGE")]
    [InlineData("duration", "NaN", "WRONG_TYPE")]
    [InlineData("duration", "Infinity", "WRONG_TYPE")]
    [InlineData("duration", "1e999", "WRONG_TYPE")]
    [InlineData("duration", "1,5", "WRONG_TYPE")]
    [InlineData("verbose", "yes", "WRONG_TYPE")]
    [InlineData("scheme", "explicitly", "OUT_OF_RANGE")]
    [InlineData("label", "ABC", "NO_MATCH")]
    [InlineData("label", "abc\n", "NO_MATCH")]
    [InlineData("copy", "a\0b", "CONTROL_CHARACTER")]
    public void A_value_is_refused(string name, string value, string code)
    {
        var values = new Dictionary<string, string> { ["label"] = "abc", [name] = value };

        var problem = Assert.Single(ParameterValues.Bind(Definitions, values).Problems!);

        Assert.Equal((code, $"parameters.{name}"), (problem.Code, problem.Field));
        Assert.NotNull(problem.Advice);
    }

    [Fact]
    public void Missing_and_unknown_ones_are_told_together()
    {
        var problems = ParameterValues.Bind(Definitions, new Dictionary<string, string> { ["lable"] = "abc" }).Problems!;

        Assert.Equal(["UNKNOWN_PARAMETER", "MISSING_PARAMETER"], problems.Select(x => x.Code));
        Assert.Equal("Did you mean \"label\"?", problems[0].Advice);
    }

    [Fact]
    public void A_text_of_4096_characters_is_the_longest()
    {
        var values = new Dictionary<string, string> { ["label"] = "abc", ["copy"] = new('x', 4096) };
        Assert.True(ParameterValues.Bind(Definitions, values).Ok);

        values["copy"] += "x";
        Assert.Equal("TOO_LONG", Assert.Single(ParameterValues.Bind(Definitions, values).Problems!).Code);
    }

    [Fact]
    public void Values_may_come_from_json()
    {
        var json = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            """{ "label": "abc", "grid": 50, "verbose": true, "duration": 1e-3, "scheme": null }""")!;

        var values = ParameterValues.Bind(Definitions, json).Value!;

        Assert.Equal(["50", "0.001", "abc", "true", "explicit", "abc-50"], values.Values);
    }

    [Fact]
    public void A_list_from_json_is_refused_once()
    {
        var json = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>("""{ "label": ["abc"], "grid": 50.5 }""")!;

        var problems = ParameterValues.Bind(Definitions, json).Problems!;

        Assert.Equal(["parameters.grid", "parameters.label"], problems.Select(x => x.Field).Order());
        Assert.All(problems, x => Assert.Equal("WRONG_TYPE", x.Code));
    }

    [Fact]
    public void Defaults_that_double_themselves_are_stopped()
    {
        var lines = Enumerable.Range(1, 60).Select(i =>
            $"  p{i}: {{ type: text, default: \"${{{{ parameters.p{i - 1} }}}}${{{{ parameters.p{i - 1} }}}}\" }}");
        var text = HeatSweep.With("parameters:\n  p0: { type: text, default: xxxxxxxx }\n" + string.Join('\n', lines));

        var problems = ParameterValues.Bind(WorkflowParser.Parse(text).Value!.Parameters, new Dictionary<string,
            string>()).Problems!;

        Assert.Equal("TOO_LONG", Assert.Single(problems).Code);
    }
}
