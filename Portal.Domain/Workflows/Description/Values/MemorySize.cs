using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Domain.Common;

namespace Portal.Domain.Workflows.Description;

/// <summary>
/// An amount of memory: a number with K, M, G or T, with or without B or iB, any case, always powers of 1024 as Slurm counts
/// (sbatch(1), --mem). Parts may be added up (<c>1G512M</c>), each unit once. A number alone is refused: units differ by tool.
/// </summary>
public static partial class MemorySize
{
    private const string Advice = "Write 200 MB, 2G or 1.5GB; the units are K, M, G and T.";
    private const long LargestMiB = 1L << 30;

    /// <summary>Reads an amount in MiB, rounded up to a whole one, from 1 MiB to 1 PiB; else <c>INVALID_MEMORY</c>.</summary>
    public static Result<long> Parse(string text)
    {
        var match = text.Length <= 40 ? Units().Match(text) : Match.Empty;
        if (!match.Success)
        {
            return Bad(text, text.Length > 0 && text.All(c => char.IsAsciiDigit(c) || c == '.') ? "has no unit"
                : text.StartsWith('-') ? "is negative" : "is no amount of memory");
        }

        decimal kib = 0;
        foreach (var (unit, size) in new[] { ("k", 1L), ("m", 1L << 10), ("g", 1L << 20), ("t", 1L << 30) })
        {
            var found = match.Groups[unit].Captures;
            if (found.Count > 1)
            {
                return Bad(text, $"names the unit {unit.ToUpperInvariant()} more than once");
            }

            kib += found.Count == 0 ? 0
                : decimal.Parse(found[0].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) * size;
        }

        var mib = decimal.Ceiling(kib / 1024);
        return mib == 0 ? Bad(text, "is no memory; to Slurm it would mean all of the node's")
            : mib > LargestMiB ? Bad(text, "is more than 1024 T")
            : (long)mib;
    }

    private static Problem Bad(string text, string why) =>
        new("INVALID_MEMORY", $"{Characters.Shown(text)} {why}.", Advice: Advice);

    private const string Number = "[0-9]{1,9}(?:[.][0-9]{1,6})?";

    [GeneratedRegex(@"\A(?:(?<k>" + Number + @") *[kK](?:i?[bB])? *|(?<m>" + Number + @") *[mM](?:i?[bB])? *|(?<g>" + Number
        + @") *[gG](?:i?[bB])? *|(?<t>" + Number + @") *[tT](?:i?[bB])? *)+\z")]
    private static partial Regex Units();
}
