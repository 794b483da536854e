using System.Text.Json;
using Portal.Domain.Common;
using Portal.Domain.Workflows.Description;

namespace Portal.Tests.Domain.Workflows;

public sealed class PlanTests
{
    private static Result<RunPlan> Plan(string text, string name, params (string Key, string Value)[] values)
    {
        var workflow = WorkflowParser.Parse(text);
        Assert.Null(workflow.Problems);
        return ParameterValues.Bind(workflow.Value!.Parameters, values.ToDictionary(x => x.Key, x => x.Value))
            .Then(bound => PlanResolver.Resolve(workflow.Value, bound, "0123abcd", name));
    }

    [Fact]
    public void The_example_becomes_a_plan()
    {
        var plan = Plan(HeatSweep.Text, "first try", ("label", "abc")).Value!;

        Assert.Equal("endpoint://demo-data/heat-sweep/results/0123abcd/summary.csv", plan.Outputs[0].To.ToString());
        Assert.Equal(("git://127.0.0.1:9418/registry.git", "main", "heat-sweep/code", "code"),
            (plan.Code!.Url.ToString(), plan.Code.Ref, plan.Code.Folder, plan.Code.To));
        var (sweep, reduce) = (plan.Steps[0], plan.Steps[1]);
        Assert.Equal(("Solve each case of abc", "reduce"), (sweep.Title, reduce.Title));
        Assert.Equal(
            ["RUN_ID=0123abcd", "RUN_NAME=first try", "PARAM_GRID=48", "PARAM_DURATION=2", "PARAM_LABEL=abc",
                "PARAM_VERBOSE=false",
                "PARAM_SCHEME=explicit", "PARAM_COPY=abc-48", "OMP_NUM_THREADS=1", "GREETING=run first try on 1", "X=1"],
            sweep.Environment.Select(x => $"{x.Key}={x.Value}"));
        var asked = sweep.Resources;
        Assert.Equal((1, 1, 1, 200L, TimeSpan.FromMinutes(10), "main", "a", "q"),
            (asked.Nodes, asked.Tasks, asked.CpusPerTask, asked.MemoryMiB, asked.TimeLimit, asked.Partition, asked.Account,
                asked.Qos));
        Assert.Equal((8, 4), (asked.Array!.Tasks.Count, asked.Array.Limit));
        Assert.Equal(new ResourcePlan(), reduce.Resources);
    }

    [Fact]
    public void A_plan_survives_json()
    {
        var plan = Plan(HeatSweep.Text, "n", ("label", "abc")).Value!;
        var json = JsonSerializer.Serialize(plan);

        var again = JsonSerializer.Deserialize<RunPlan>(json)!;

        Assert.Equal(json, JsonSerializer.Serialize(again));
        Assert.Equal(plan.Inputs, again.Inputs);
        Assert.Equal(plan.Steps[0].Environment.ToArray(), again.Steps[0].Environment.ToArray());
        Assert.Equal(plan.Steps[0].Resources.Array!.Tasks, again.Steps[0].Resources.Array!.Tasks);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RunPlan>(json.Replace("demo-data", "..",
            StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("inputs: [{ from: ftp://h/a, to: \"in/${{ parameters.p }}\" }]", "../../etc/passwd", "INVALID_PATH",
        "inputs[0].to", 33)]
    [InlineData("inputs: [{ from: ftp://h/a, to: \"in/${{ parameters.p }}\" }]", "a\nb", "INVALID_PATH", "inputs[0].to", 33)]
    [InlineData("inputs: [{ from: ftp://h/a, to: \"${{ parameters.p }}\" }]", "/etc/passwd", "INVALID_PATH", "inputs[0].to", 33)]
    [InlineData("inputs: [{ from: \"ftp://h/${{ parameters.p }}\", to: a }]", "../x", "INVALID_LOCATION", "inputs[0].from", 18)]
    [InlineData("inputs: [{ from: \"ftp://${{ parameters.p }}/x\", to: a }]", "u:p@h", "SECRET_IN_URL", "inputs[0].from", 18)]
    [InlineData("inputs: [{ from: \"${{ parameters.p }}\", to: a }]", "file:///etc/passwd", "UNSUPPORTED_SCHEME",
        "inputs[0].from", 18)]
    [InlineData("code: { url: \"${{ parameters.p }}\" }", "ext::sh -c id", "INVALID_LOCATION", "code.url", 14)]
    [InlineData("code: { url: https://h/r, ref: \"${{ parameters.p }}\" }", "--upload-pack=id", "INVALID_REF", "code.ref", 32)]
    [InlineData("outputs: [{ from: \"${{ parameters.p }}\", to: ftp://h/a }]", "*", "INVALID_PATH", "outputs[0].from", 19)]
    [InlineData("environment: { A: \"${{parameters.p}}${{parameters.p}}${{parameters.p}}${{parameters.p}}${{parameters.p}}\" }",
        "LONG", "TOO_LONG", "environment.A", 19)]
    public void What_a_parameter_puts_in_is_checked_again(string line, string value, string code, string field, int column)
    {
        var text = HeatSweep.With($"{line}\nparameters: {{ p: {{ type: text }} }}");

        var problem = Assert.Single(Plan(text, "n", ("p", value == "LONG" ? new string('x', 4096) : value)).Problems!);

        Assert.Equal((code, field, 6, column), (problem.Code, problem.Field, problem.Line!.Value, problem.Column!.Value));
    }

    [Theory]
    [InlineData("partition", "main\n#SBATCH --uid=0", "INVALID_NAME")]
    [InlineData("account", "--uid=0", "INVALID_NAME")]
    [InlineData("qos", "$(id)", "INVALID_NAME")]
    [InlineData("array", "8-1", "INVALID_ARRAY")]
    [InlineData("time", "0", "INVALID_DURATION")]
    [InlineData("memory", "0", "INVALID_MEMORY")]
    [InlineData("nodes", "-1", "OUT_OF_RANGE")]
    public void So_are_resources(string key, string value, string code)
    {
        var text = HeatSweep.Step($"command: a\n    resources: {{ {key}: \"${{{{ parameters.p }}}}\" }}"
            + "\nparameters: { p: { type: text } }");

        var problem = Assert.Single(Plan(text, "n", ("p", value)).Problems!);

        Assert.Equal((code, $"steps[0].resources.{key}", 6), (problem.Code, problem.Field, problem.Line!.Value));
    }

    [Fact]
    public void Two_inputs_that_become_one_file_are_refused()
    {
        var text = HeatSweep.With("inputs: [{ from: ftp://h/a, to: \"x${{ parameters.p }}\" }, { from: ftp://h/b, to: xy }]\n"
            + "parameters: { p: { type: text } }");

        Assert.Equal("DUPLICATE_NAME", Assert.Single(Plan(text, "n", ("p", "y")).Problems!).Code);
        Assert.True(Plan(text, "n", ("p", "z")).Ok);
    }

    [Theory]
    [InlineData("src", false)]
    [InlineData("src/in", false)]
    [InlineData("src/in/x.csv", true)]
    [InlineData("src2", true)]
    public void An_input_may_lie_in_the_folder_of_the_code_but_not_in_its_place(string to, bool good)
    {
        var plan = Plan(HeatSweep.With($"inputs: [{{ from: ftp://h/a, to: {to} }}]\n"
            + "code: { url: https://h/r.git, to: src/in }"), "n");

        Assert.Equal(good, plan.Ok);
        Assert.All(plan.Problems ?? [], x => Assert.Equal("INVALID_PATH", x.Code));
    }

    [Fact]
    public void Text_of_any_shape_reaches_a_step_unchanged()
    {
        const string nasty = "a'b\"c$(id)`id`\\\n;&|<>*?~#!{}[]\t\r\u001b é 😀";
        var text = HeatSweep.With("parameters: { p: { type: text } }\nenvironment: { A: \"${{ parameters.p }}\" }");

        var step = Plan(text, "n", ("p", nasty)).Value!.Steps[0];

        Assert.Equal((nasty, nasty), (step.Environment["PARAM_P"], step.Environment["A"]));
    }

    [Fact]
    public void Variables_that_double_themselves_are_stopped()
    {
        var lines = Enumerable.Range(1, 60).Select(i =>
            $"  A{i}: \"${{{{ environment.A{i - 1} }}}}${{{{ environment.A{i - 1} }}}}\"");
        var text = HeatSweep.With("environment:\n  A0: xxxxxxxx\n" + string.Join('\n', lines));

        Assert.Equal("TOO_LONG", Assert.Single(Plan(text, "n").Problems!).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    public void A_bad_name_of_a_run_is_refused(string name) =>
        Assert.Equal("name", Assert.Single(Plan(HeatSweep.With(""), name).Problems!).Field);

    [Fact]
    public void A_name_of_300_characters_is_refused() =>
        Assert.Equal("INVALID_NAME", Assert.Single(Plan(HeatSweep.With(""), new string('n', 300)).Problems!).Code);
}
