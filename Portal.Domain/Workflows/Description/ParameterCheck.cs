using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>Checks one value against the definition of its parameter.</summary>
public static class ParameterCheck
{
    /// <summary>The most characters (UTF-16 units) any text parameter may have.</summary>
    public const int MaximumLength = 4096;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private const double LargestInteger = 9_007_199_254_740_992;

    /// <summary>
    /// The value's one spelling (numbers in the shortest form that reads back the same, <c>true</c>, <c>false</c>), or why it
    /// cannot be taken: <c>WRONG_TYPE</c>, <c>OUT_OF_RANGE</c>, <c>TOO_LONG</c>, <c>NO_MATCH</c>, <c>CONTROL_CHARACTER</c>.
    /// </summary>
    public static Result<string> Canonical(ParameterDefinition definition, string text) => definition.Type switch
    {
        ParameterType.Integer or ParameterType.Number => Numeric(definition, text),
        ParameterType.Boolean => text switch
        {
            "true" or "True" or "TRUE" => "true",
            "false" or "False" or "FALSE" => "false",
            _ => new Problem("WRONG_TYPE", $"{Characters.Shown(text)} is neither true nor false.",
                Advice: "Write true or false."),
        },
        ParameterType.Choice => definition.Options.Contains(text) ? text
            : new Problem("OUT_OF_RANGE", $"{Characters.Shown(text)} is not one of the options.", Advice:
                Suggestion.For(text, definition.Options, $"Choose one of {string.Join(", ", definition.Options.Take(20))}.")),
        _ => Textual(definition, text),
    };

    /// <summary>A finite decimal number, or null.</summary>
    internal static double? Number(string text) =>
        text.Length <= 100 && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number + 0.0
            : null;

    /// <summary>
    /// A user's regular expression, wrapped so that it holds for all of a value; only such as run in linear time. Matching goes
    /// through the framework's small cache of expressions: making one costs more than reading all the rest of a file.
    /// </summary>
    internal static Result<string> Expression(string pattern)
    {
        const string advice = "Look-around, back references and atomic groups are not allowed: they can take for ever.";
        if (pattern.Length > 500)
        {
            return new Problem("INVALID_PATTERN", "The pattern is longer than 500 characters.", Advice: "Shorten it.");
        }

        try
        {
            // Alone first: brackets that close ours would free the pattern from the ends.
            _ = Regex.IsMatch("", pattern, Linear);
            var whole = $"\\A(?:{pattern})\\z";
            _ = Regex.IsMatch("", whole, Linear);
            return whole;
        }
        catch (NotSupportedException)
        {
            return new Problem("INVALID_PATTERN", "The pattern cannot be run in linear time.", Advice: advice);
        }
        catch (ArgumentException)
        {
            return new Problem("INVALID_PATTERN", "The pattern is no regular expression.",
                Advice: "Look for an open bracket or a * without anything before it. "
                    + "Single quotes keep backslashes as they are.");
        }
    }

    private static Result<string> Numeric(ParameterDefinition definition, string text)
    {
        var integer = definition.Type == ParameterType.Integer;
        if (Number(text) is not { } number || (integer && text.AsSpan().IndexOfAnyExcept("+-0123456789") >= 0))
        {
            return new Problem("WRONG_TYPE", $"{Characters.Shown(text)} is not a {(integer ? "whole number" : "number")}.",
                Advice: integer ? "Write digits only." : "Write it as 2, 0.5 or 1e-6, with a point.");
        }

        if (integer && Math.Abs(number) > LargestInteger)
        {
            return new Problem("OUT_OF_RANGE", $"{Characters.Shown(text)} is beyond 2^53.",
                Advice: "Use a parameter of the type text.");
        }

        if (number < definition.Minimum || number > definition.Maximum)
        {
            var (low, high) = (Show(definition.Minimum), Show(definition.Maximum));
            return new Problem("OUT_OF_RANGE", $"{Characters.Shown(text)} is out of range.", Advice:
                low.Length == 0 ? $"Give at most {high}." : high.Length == 0 ? $"Give at least {low}."
                    : $"Give a number from {low} to {high}.");
        }

        return integer ? ((long)number).ToString(CultureInfo.InvariantCulture) : number.ToString("R",
            CultureInfo.InvariantCulture);
    }

    private static string Show(double? number) => number?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static Result<string> Textual(ParameterDefinition definition, string text)
    {
        var maximum = definition.MaxLength ?? MaximumLength;
        if (text.Length > maximum)
        {
            return new Problem("TOO_LONG", $"The text has {text.Length} characters.", Advice: $"Give at most {maximum}.");
        }

        if (Characters.Unfit(text) is { } unfit)
        {
            return new Problem("CONTROL_CHARACTER", $"The text holds {Characters.Name(unfit)}.", Advice: "Remove it.");
        }

        if (definition.Pattern is null)
        {
            return text;
        }

        return Expression(definition.Pattern).Then(pattern => Regex.IsMatch(text, pattern, Linear) ? Result.Of(text)
            : new Problem("NO_MATCH", $"{Characters.Shown(text)} does not match the pattern.",
                Advice: $"All of it must match {Characters.Shown(definition.Pattern)}."));
    }
}
