using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>
/// A length of time: <c>1d2h30m</c> (units d h m s, any order and case, each once), or as Slurm writes it (sbatch(1), --time)
/// <c>HH:MM:SS</c> and <c>D-HH:MM:SS</c>. A number alone is refused: Slurm reads minutes, people often mean seconds.
/// </summary>
public static partial class Duration
{
    private const string Advice = "Write 10m, 1d2h30m, 01:30:00 or 2-12:00:00; the units are d, h, m and s.";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>Reads a duration in whole seconds, above 0 and up to 366 days; else <c>INVALID_DURATION</c>.</summary>
    public static Result<TimeSpan> Parse(string text)
    {
        if (text.Length is 0 or > 40)
        {
            return Bad(text, "is no length of time");
        }

        var match = Clock().Match(text);
        if (!match.Success)
        {
            match = Units().Match(text);
        }

        if (!match.Success)
        {
            return Bad(text, text.All(char.IsAsciiDigit) ? "has no unit"
                : text.StartsWith('-') ? "is negative"
                : text.Count(c => c == ':') == 1 ? "may mean hours and minutes or minutes and seconds"
                : Fraction().IsMatch(text) ? "has a fraction; take the smaller unit" : "is no length of time");
        }

        double seconds = 0;
        foreach (var (unit, size) in new[] { ("d", 86400), ("h", 3600), ("m", 60), ("s", 1) })
        {
            var found = match.Groups[unit].Captures;
            if (found.Count > 1)
            {
                return Bad(text, $"names the unit {unit} more than once");
            }

            seconds += found.Count == 0 ? 0 : double.Parse(found[0].Value, NumberStyles.None,
                CultureInfo.InvariantCulture) * size;
        }

        return seconds == 0 ? Bad(text, "is no time at all; to Slurm it would mean no limit")
            : seconds > Longest.TotalSeconds ? Bad(text, "is longer than 366 days")
            : TimeSpan.FromSeconds(seconds);
    }

    private static Problem Bad(string text, string why) =>
        new("INVALID_DURATION", $"{Characters.Shown(text)} {why}.", Advice: Advice);

    [GeneratedRegex(@"\A(?:(?<d>[0-9]{1,9})-(?<h>[01]?[0-9]|2[0-3])|(?<h>[0-9]{1,9})):(?<m>[0-5]?[0-9]):(?<s>[0-5]?[0-9])\z")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\A(?:(?<d>[0-9]{1,9}) *[dD] *|(?<h>[0-9]{1,9}) *[hH] *|"
        + @"(?<m>[0-9]{1,9}) *[mM] *|(?<s>[0-9]{1,9}) *[sS] *)+\z")]
    private static partial Regex Units();

    [GeneratedRegex(@"[0-9][.,][0-9]")]
    private static partial Regex Fraction();
}
