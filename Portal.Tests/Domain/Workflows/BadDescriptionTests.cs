using Portal.Domain.Workflows.Description;

namespace Portal.Tests.Domain.Workflows;

public sealed class BadDescriptionTests
{
    private const string Input = "inputs: [{ to: a, from: ";

    public static TheoryData<string, string, int, int> Lines => new()
    {
        // Line 6, after a good file of five lines.
        { "title: [a]", "WRONG_TYPE", 6, 8 },
        { "title:", "WRONG_TYPE", 6, 7 },
        { "title: \"a\\nb\"", "CONTROL_CHARACTER", 6, 8 },
        { $"title: {new string('t', 300)}", "TOO_LONG", 6, 8 },
        { "title: ${{ run.id }}", "EXPRESSION_NOT_ALLOWED", 6, 8 },
        { "inputs: { from: a }", "WRONG_TYPE", 6, 9 },
        { "inputs: [x]", "WRONG_TYPE", 6, 10 },
        { "inputs: [{ from: ftp://h/a }]", "MISSING_KEY", 6, 10 },
        { Input + "ftp://u:geheim@h/a }]", "SECRET_IN_URL", 6, 25 },
        { Input + "ftp://u@h/a }]", "SECRET_IN_URL", 6, 25 },
        { Input + "https://h/a?token=x }]", "SECRET_IN_URL", 6, 25 },
        { Input + "file:///etc/passwd }]", "UNSUPPORTED_SCHEME", 6, 25 },
        { Input + "ftp://h }]", "INVALID_LOCATION", 6, 25 },
        { Input + "ftp://h/a/ }]", "INVALID_LOCATION", 6, 25 },
        { Input + "ftp://h/../a }]", "INVALID_LOCATION", 6, 25 },
        { Input + "\"ftp://h/%2e%2E/a\" }]", "INVALID_LOCATION", 6, 25 },
        { "inputs: [{ from: ftp://h/a, to: /etc/passwd }]", "INVALID_PATH", 6, 33 },
        { "inputs: [{ from: ftp://h/a, to: a/../../b }]", "INVALID_PATH", 6, 33 },
        { "inputs: [{ from: ftp://h/a, to: \"a\\nb\" }]", "INVALID_PATH", 6, 33 },
        { "inputs: [{ from: ftp://h/a, to: -rf }]", "INVALID_PATH", 6, 33 },
        { "inputs: [{ from: ftp://h/a, to: a/ }]", "INVALID_PATH", 6, 33 },
        { "inputs: [{ from: ftp://h/a, to: .portal/x }]", "INVALID_PATH", 6, 33 },
        { "inputs: [{ from: ftp://h/a, to: \"${{ run.id }}/../x\" }]", "INVALID_PATH", 6, 33 },
        { "inputs: [{ from: ftp://h/a, to: x }, { from: ftp://h/b, to: ./x }]", "DUPLICATE_NAME", 6, 61 },
        { "inputs: [{ from: ftp://h/a, to: x }, { from: ftp://h/b, to: x/y }]", "INVALID_PATH", 6, 61 },
        { "outputs: [{ from: a, to: http://h/a }]", "UNSUPPORTED_SCHEME", 6, 26 },
        { "outputs: [{ from: \"*.csv\", to: ftp://h/a }]", "INVALID_PATH", 6, 19 },
        { "outputs: [{ from: a, to: ftp://h/a, optional: yes }]", "WRONG_TYPE", 6, 47 },
        { "code: https://h/r.git", "WRONG_TYPE", 6, 7 },
        { "code: { ref: main }", "MISSING_KEY", 6, 7 },
        { "code: { url: --upload-pack=evil }", "INVALID_LOCATION", 6, 14 },
        { "code: { url: \"ext::sh -c evil\" }", "INVALID_LOCATION", 6, 14 },
        { "code: { url: file:///srv/r.git }", "UNSUPPORTED_SCHEME", 6, 14 },
        { "code: { url: git@h:r.git }", "INVALID_LOCATION", 6, 14 },
        { "code: { url: ssh://-oProxyCommand=x/r }", "INVALID_LOCATION", 6, 14 },
        { "code: { url: https://u:p@h/r.git }", "SECRET_IN_URL", 6, 14 },
        { "code: { url: https://h/r.git, ref: -x }", "INVALID_REF", 6, 36 },
        { "code: { url: https://h/r.git, ref: a..b }", "INVALID_REF", 6, 36 },
        { "code: { url: https://h/r.git, ref: \"a b\" }", "INVALID_REF", 6, 36 },
        { "code: { url: https://h/r.git, folder: ../x }", "INVALID_PATH", 6, 39 },
        { "environment: { \"A B\": x }", "INVALID_NAME", 6, 16 },
        { "environment: { 1A: x }", "INVALID_NAME", 6, 16 },
        { "environment: { PARAM_X: x }", "RESERVED_NAME", 6, 16 },
        { "environment: { A: [x] }", "WRONG_TYPE", 6, 19 },
        { "environment: { A: }", "WRONG_TYPE", 6, 19 },
        { "environment: { A: \"${{ environment.A }}\" }", "REFERENCE_CYCLE", 6, 20 },
        { "environment: { A: \"x ${{ environment.B }}\", B: \"${{ environment.A }}\" }", "REFERENCE_CYCLE", 6, 49 },
        { "environment: { A: \"${{ parameter.x }}\" }", "UNKNOWN_REFERENCE", 6, 20 },
        { "environment: { A: \"${{ run.nam }}\" }", "UNKNOWN_REFERENCE", 6, 20 },
        { "environment: { A: \"b ${{ run.id\" }", "INVALID_EXPRESSION", 6, 22 },
        { "environment: { A: \"${{ 1 + 2 }}\" }", "INVALID_EXPRESSION", 6, 20 },
        { "environment: { A: >-\n    one\n    two ${{ run.od }} }", "YAML_SYNTAX", 6, 19 },
        { "environment:\n  A: >-\n    one\n    two ${{ run.od }}", "UNKNOWN_REFERENCE", 9, 9 },
        { "environment: { A: \"$${{ ${{ run.x }}\" }", "UNKNOWN_REFERENCE", 6, 25 },
        { "parameters: { p: 5 }", "WRONG_TYPE", 6, 18 },
        { "parameters: { p: { } }", "MISSING_KEY", 6, 18 },
        { "parameters: { p: { type: int } }", "INVALID_VALUE", 6, 26 },
        { "parameters: { 1p: { type: text } }", "INVALID_NAME", 6, 15 },
        { "parameters: { a-b: { type: text }, A_B: { type: text } }", "DUPLICATE_NAME", 6, 36 },
        { "parameters: { p: { type: text, minimum: 1 } }", "UNKNOWN_KEY", 6, 32 },
        { "parameters: { p: { type: integer, minimum: x } }", "WRONG_TYPE", 6, 44 },
        { "parameters: { p: { type: integer, minimum: 2, maximum: 1 } }", "OUT_OF_RANGE", 6, 44 },
        { "parameters: { p: { type: integer, default: 1.5 } }", "WRONG_TYPE", 6, 44 },
        { "parameters: { p: { type: integer, default: \"1\" } }", "WRONG_TYPE", 6, 44 },
        { "parameters: { p: { type: integer, default: 9, maximum: 8 } }", "OUT_OF_RANGE", 6, 44 },
        { "parameters: { p: { type: boolean, default: yes } }", "WRONG_TYPE", 6, 44 },
        { "parameters: { p: { type: choice } }", "MISSING_KEY", 6, 18 },
        { "parameters: { p: { type: choice, options: [] } }", "MISSING_KEY", 6, 43 },
        { "parameters: { p: { type: choice, options: [a, a] } }", "DUPLICATE_NAME", 6, 47 },
        { "parameters: { p: { type: choice, options: [a], default: b } }", "OUT_OF_RANGE", 6, 57 },
        { "parameters: { p: { type: text, pattern: \"(a\" } }", "INVALID_PATTERN", 6, 41 },
        { "parameters: { p: { type: text, pattern: \"a)|(?:b\" } }", "INVALID_PATTERN", 6, 41 },
        { "parameters: { p: { type: text, pattern: '(a)\\1' } }", "INVALID_PATTERN", 6, 41 },
        { "parameters: { p: { type: text, pattern: \"(?=a)a\" } }", "INVALID_PATTERN", 6, 41 },
        { "parameters: { p: { type: text, pattern: \"((a{1000}){1000}){1000}\" } }", "INVALID_PATTERN", 6, 41 },
        { "parameters: { p: { type: text, maxLength: 9999 } }", "OUT_OF_RANGE", 6, 43 },
        { "parameters: { p: { type: text, default: \"${{ run.id }}\" } }", "EXPRESSION_NOT_ALLOWED", 6, 42 },
        { "parameters: { p: { type: text, default: \"${{ parameters.p }}\" } }", "REFERENCE_CYCLE", 6, 42 },
    };

    public static TheoryData<string, string, int, int> Steps => new()
    {
        { "title: none", "MISSING_KEY", 4, 5 },
        { "command: \"a\\nb\"", "INVALID_VALUE", 5, 14 },
        { "command: 5", "WRONG_TYPE", 5, 14 },
        { "command: \"a\\0b\"", "CONTROL_CHARACTER", 5, 14 },
        { "command: echo ${{ run.id }}", "EXPRESSION_NOT_ALLOWED", 5, 19 },
        { "script: |\n      date\n      echo ${{ parameters.x }}", "EXPRESSION_NOT_ALLOWED", 7, 12 },
        { "{ command: a, script: b }", "YAML_SYNTAX", 5, 5 },
        { "command: a\n    script: b", "INVALID_VALUE", 6, 13 },
        { "command: a\n    resources: 5", "WRONG_TYPE", 6, 16 },
        { "command: a\n    resources: { nodes: 0 }", "OUT_OF_RANGE", 6, 25 },
        { "command: a\n    resources: { nodes: 4, tasks: 3 }", "OUT_OF_RANGE", 6, 35 },
        { "command: a\n    resources: { tasks: 1.5 }", "OUT_OF_RANGE", 6, 25 },
        { "command: a\n    resources: { partition: -p }", "INVALID_NAME", 6, 29 },
        { "command: a\n    resources: { partition: \"p\\n#SBATCH -x\" }", "INVALID_NAME", 6, 29 },
        { "command: a\n    resources: { account: \"a;rm -rf ~\" }", "INVALID_NAME", 6, 27 },
        { "command: a\n    resources: { array: \"8-1\" }", "INVALID_ARRAY", 6, 25 },
        { "command: a\n    environment: { A: \"${{ environment.B }}\" }", "UNKNOWN_REFERENCE", 6, 24 },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_line_is_refused_with_its_place(string line, string code, int row, int column) =>
        Refused(HeatSweep.With(line), code, row, column);

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_is_refused_with_its_place(string lines, string code, int row, int column) =>
        Refused(HeatSweep.Step(lines), code, row, column);

    [Theory]
    [InlineData("portal: 2", "UNSUPPORTED_VERSION", 1, 9)]
    [InlineData("portal: \"1\"", "WRONG_TYPE", 1, 9)]
    [InlineData("portal: 1\nsteps: []", "MISSING_KEY", 2, 8)]
    [InlineData("portal: 1\nsteps: [{ id: A }]", "INVALID_NAME", 2, 15)]
    public void A_beginning_is_refused_with_its_place(string text, string code, int row, int column)
    {
        var problems = WorkflowParser.Parse(text).Problems!;

        Assert.Contains(problems, x => (x.Code, x.Line, x.Column) == (code, row, column));
    }

    [Fact]
    public void No_message_repeats_a_password()
    {
        var problems = WorkflowParser.Parse(HeatSweep.With(Input + "ftp://u:geheim@h/a }, { to: b, from: ftpx://u:geheim@h/a },"
            + " { to: c, from: ftp://u:geheim/x@h/a }, { to: d, from: \"u:geheim@h\" },"
            + " { to: e, from: \"ftp://u:ge%zz@h:geheim/a\" }]")).Problems!;

        Assert.Equal(5, problems.Count);
        Assert.DoesNotContain(problems, x => x.ToString().Contains("geheim", StringComparison.Ordinal));
    }

    private static void Refused(string text, string code, int line, int column)
    {
        var problems = WorkflowParser.Parse(text).Problems;

        Assert.NotNull(problems);
        var found = Assert.Single(problems);
        Assert.Equal((code, line, column), (found.Code, found.Line!.Value, found.Column!.Value));
        Assert.False(string.IsNullOrWhiteSpace(found.Advice));
    }
}
