using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>The kinds of names a description holds, and why a text is none.</summary>
internal static partial class Names
{
    /// <summary>Names of workflows, steps and endpoints.</summary>
    public static bool IsName(string text) => NamePattern().IsMatch(text);

    /// <summary>What a scheduler takes as partition, account or qos.</summary>
    public static bool IsWord(string text) => WordPattern().IsMatch(text);

    public static Result<string> Name(string text, string what) => IsName(text) ? text
        : new Problem("INVALID_NAME", $"{Characters.Shown(text)} cannot be the {what}.",
            Advice: "Use 1 to 63 lower-case letters, digits and dashes; begin with a letter or a digit.");

    public static Result<string> ParameterName(string text) => ParameterPattern().IsMatch(text) ? text
        : new Problem("INVALID_NAME", $"{Characters.Shown(text)} cannot be the name of a parameter.",
            Advice: "Use 1 to 63 letters, digits, dashes and underscores; begin with a letter.");

    public static Result<string> Variable(string text)
    {
        if (!VariablePattern().IsMatch(text))
        {
            return new Problem("INVALID_NAME", $"{Characters.Shown(text)} cannot be the name of an environment variable.",
                Advice: "Use letters, digits and underscores, 128 at most; do not begin with a digit.");
        }

        return text is "RUN_ID" or "RUN_NAME" || text.StartsWith("PARAM_", StringComparison.Ordinal)
            ? new Problem("RESERVED_NAME", $"The variable {text} is set by the portal.", Advice: "Choose another name.")
            : text;
    }

    public static Result<string> Word(string text, string what) => IsWord(text) ? text
        : new Problem("INVALID_NAME", $"{Characters.Shown(text)} cannot be the {what}.",
            Advice: "Use 1 to 128 of the characters A-Z a-z 0-9 _ . @ : + -; do not begin with a dash.");

    /// <summary>A git ref or commit id, by the rules of git-check-ref-format(1).</summary>
    public static Result<string> Ref(string text)
    {
        var good = RefPattern().IsMatch(text) && !text.Contains("..", StringComparison.Ordinal)
            && !text.Contains("@{", StringComparison.Ordinal) && text != "@" && !text.EndsWith('.') && text.Split('/')
                .All(x => x.Length > 0 && x[0] != '.' && !x.EndsWith(".lock", StringComparison.Ordinal));
        return good ? text : new Problem("INVALID_REF", $"{Characters.Shown(text)} cannot be a git ref.",
            Advice: "Write the name of a branch or a tag, or a commit id in full.");
    }

    /// <summary>A whole number in decimal digits, from 1.</summary>
    public static Result<int> Count(string text, string what, int maximum) =>
        text.Length <= 10 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1
            && n <= maximum
            ? n
            : new Problem("OUT_OF_RANGE", $"{Characters.Shown(text)} is not a number of {what}.",
                Advice: $"Write a whole number from 1 to {maximum}.");

    /// <summary>The environment variable that carries a parameter.</summary>
    public static string VariableOf(string parameter) => "PARAM_" + parameter.ToUpperInvariant().Replace('-', '_');

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z")]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]{0,62}\z")]
    private static partial Regex ParameterPattern();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,127}\z")]
    private static partial Regex VariablePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_.@:+][A-Za-z0-9_.@:+-]{0,127}\z")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"\A[^-\x00-\x20\x7f~^:?*\[\\\u0080-\u00a0][^\x00-\x20\x7f~^:?*\[\\\u0080-\u00a0]{0,199}\z")]
    private static partial Regex RefPattern();
}
