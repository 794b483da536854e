namespace Portal.Tests.Access;

/// <summary>Descriptions of workflows into which strings are put as parameters, and what is asked of strings.</summary>
internal static class HostileDescriptions
{
    /// <summary>Whether a string is made of letters, digits and these signs alone.</summary>
    public static bool IsWord(string text, string signs) =>
        text.All(sign => char.IsAsciiLetterOrDigit(sign) || signs.Contains(sign, StringComparison.Ordinal));

    /// <summary>The value of <see cref="One"/>'s parameter.</summary>
    public static Dictionary<string, string> P(string value) => new() { ["p"] = value };

    /// <summary>A job that writes its environment down; so many parameters, each again as a variable of all steps and of one.</summary>
    public static string Values(int count) => string.Join('\n',
        ["portal: 1", "name: values", "parameters:", .. Lines(count, at => $"  p{at}: {{ type: text, default: \"\" }}"),
         "environment:", .. Lines(count, at => $"  TOP_{at}: ${{{{ parameters.p{at} }}}}"),
         "steps:", "  - id: a", "    command: env -0 > env.bin", "    resources: { time: 5m }", "    environment:",
         .. Lines(count, at => $"      STEP_{at}: ${{{{ environment.TOP_{at} }}}}")]);

    /// <summary>A script with so many inputs or outputs, whose names are parameters: f as it is, u as an address has it.</summary>
    public static string Files(int count, string kind, string script, Func<int, string> file) => string.Join('\n',
        ["portal: 1", "name: files", "parameters:", .. Lines(count, at => $"  f{at}: {{ type: text }}\n  u{at}: {{ type: text }}"),
         "steps:", "  - id: a", "    resources: { time: 5m }", "    script: |", .. script.Split('\n').Select(line => "      " + line),
         $"{kind}:", .. Lines(count, at => $"  - {file(at)}")]);

    /// <summary>One step and the parameter p.</summary>
    public static string One(string resources, string more = "") => string.Join('\n',
        "portal: 1", "name: one", "parameters: { p: { type: text } }", "steps:", "  - id: a", "    command: \"true\"", $"    {resources}",
        more);

    /// <summary>One step that asks this of the scheduler, by the parameter p.</summary>
    public static string Asking(string key) => One(
        $"resources: {{ {(key == "time" ? "" : "time: 5m, ")}{key}: \"${{{{ parameters.p }}}}\" }}");

    private static IEnumerable<string> Lines(int count, Func<int, string> line) => Enumerable.Range(0, count).Select(line);
}
