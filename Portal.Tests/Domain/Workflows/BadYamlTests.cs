using Portal.Domain.Workflows.Description;

namespace Portal.Tests.Domain.Workflows;

public sealed class BadYamlTests
{
    public static TheoryData<string, string, int, int> Files => new()
    {
        { "", "YAML_EMPTY", 1, 1 },
        { "# nothing", "YAML_EMPTY", 1, 10 },
        { "just text", "WRONG_TYPE", 1, 1 },
        { "- a\n- b", "WRONG_TYPE", 1, 1 },
        { "a: b: c", "YAML_SYNTAX", 1, 5 },
        { "portal: 1\n\tname: x", "YAML_TAB", 2, 1 },
        { "portal: 1\nsteps:\n\t- id: a", "YAML_TAB", 3, 1 },
        { "portal: \"1\nname: x", "YAML_SYNTAX", 1, 9 },
        { "steps: [a, b", "YAML_SYNTAX", 1, 13 },
        { "name: %x", "YAML_SYNTAX", 1, 7 },
        { "name: @x", "YAML_SYNTAX", 1, 7 },
        { "name: \"\\q\"", "YAML_SYNTAX", 1, 7 },
        { "name: *nobody", "YAML_UNKNOWN_ALIAS", 1, 7 },
        { "name: &a [*a]", "YAML_UNKNOWN_ALIAS", 1, 11 },
        { "name: !!binary aGk=", "YAML_TAG", 1, 7 },
        { "name: !ruby/object {}", "YAML_TAG", 1, 7 },
        { "? [a, b]\n: c", "WRONG_TYPE", 1, 3 },
        { "portal: 1\nportal: 1", "DUPLICATE_KEY", 2, 1 },
        { "portal: 1\nname: a\0b", "CONTROL_CHARACTER", 2, 8 },
        { "portal: 1\nname: a\u001bb", "CONTROL_CHARACTER", 2, 8 },
        { "portal: 1\nname: a\rb", "CONTROL_CHARACTER", 2, 8 },
        { "portal: 1\nname: a\ud800b", "CONTROL_CHARACTER", 2, 8 },
        { HeatSweep.With("title: \"a\\0b\""), "CONTROL_CHARACTER", 6, 8 },
        { HeatSweep.With("environment: { A: \"a\\0b\" }"), "CONTROL_CHARACTER", 6, 19 },
        { HeatSweep.With("---\nportal: 1"), "YAML_MANY_DOCUMENTS", 6, 1 },
        { HeatSweep.With("<<: { a: b }"), "UNKNOWN_KEY", 6, 1 },
        { new string('[', 40), "YAML_TOO_DEEP", 1, 33 },
        { string.Concat(Enumerable.Repeat("{a: ", 100_000)), "YAML_TOO_DEEP", 1, 126 },
        { "a: " + new string('x', 1024 * 1024), "YAML_TOO_LARGE", 1, 1 },
        { "a: " + new string('é', 600 * 1024), "YAML_TOO_LARGE", 1, 1 },
        { "a: [" + string.Concat(Enumerable.Repeat("x,", 30_000)) + "]", "YAML_TOO_MANY_NODES", 1, 40003 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Is_refused_with_its_place(string text, string code, int line, int column)
    {
        var problems = WorkflowParser.Parse(text).Problems!;

        var found = Assert.Single(problems, x => x.Code == code);
        Assert.Equal((line, column), (found.Line!.Value, found.Column!.Value));
        Assert.False(string.IsNullOrWhiteSpace(found.Advice));
    }

    [Fact]
    public void A_bomb_of_aliases_is_refused_before_it_grows()
    {
        var lines = Enumerable.Range(1, 8).Select(x =>
            $"a{x}: &a{x} [{string.Join(',', Enumerable.Repeat($"*a{x - 1}", 9))}]").Prepend("a0: &a0 lol");

        var problems = WorkflowParser.Parse(string.Join('\n', lines)).Problems!;

        Assert.Equal("YAML_TOO_MANY_NODES", Assert.Single(problems).Code);
    }

    [Fact]
    public void Many_aliases_of_one_long_text_are_refused()
    {
        var text = $"a: &a {new string('x', 500_000)}\nb: [{string.Join(',', Enumerable.Repeat("*a", 100))}]";

        Assert.Equal("YAML_TOO_MANY_NODES", Assert.Single(WorkflowParser.Parse(text).Problems!).Code);
    }

    [Fact]
    public void A_hundred_megabytes_are_refused() =>
        Assert.Equal("YAML_TOO_LARGE", Assert.Single(WorkflowParser.Parse(new string('a', 100 * 1024 * 1024)).Problems!).Code);

    /// <summary>Thousands of damaged files: never an exception, always a place and advice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_done_to_a_file_it_is_read_or_refused_with_a_place(int seed)
    {
        var chance = new Random(seed);
        const string spice = "\t\n :-#&*!|>'\"%@`{}[],?\\$~\0\r\u001b\u2028\ud800\uFEFFé0aZ.<";
        var words = HeatSweep.Text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < 3000; i++)
        {
            var text = HeatSweep.Text;
            for (var n = chance.Next(1, 5); n > 0; n--)
            {
                var (at, size) = (chance.Next(text.Length), chance.Next(1, 12));
                text = chance.Next(6) switch
                {
                    0 => text.Remove(at, Math.Min(size, text.Length - at)),
                    1 => text.Insert(at, spice[chance.Next(spice.Length)].ToString()),
                    2 => text.Insert(at, words[chance.Next(words.Length)]),
                    3 => text[..at] + spice[chance.Next(spice.Length)] + text[(at + 1)..],
                    4 => text.Insert(at, HeatSweep.Text.Substring(chance.Next(HeatSweep.Text.Length - 48), size * 4)),
                    _ => text[..Math.Max(at, 1)],
                };
            }

            var result = WorkflowParser.Parse(text);
            Assert.All(result.Problems ?? [], x =>
            {
                Assert.True(x is { Line: > 0, Column: > 0 } && !string.IsNullOrEmpty(x.Advice)
                    && !string.IsNullOrEmpty(x.Message), $"{x}\n{text}");
                Assert.True(x.Line <= text.Count(c => c == '\n') + 2, $"{x}\n{text}");
            });
            if (result.Ok && ParameterValues.Bind(result.Value.Parameters, new Dictionary<string,
                string> { ["label"] = "abc" }) is { Ok: true } bound)
            {
                Assert.NotNull(PlanResolver.Resolve(result.Value, bound.Value, "id", "name"));
            }
        }
    }
}
