using System.Globalization;
using System.Security.Cryptography;

namespace Portal.Jobs.Schedulers;

/// <summary>Output cut into sections by random marks of our own: what a login prints before, between and after them is not
/// taken for an answer, and a cut connection shows as a section without an end. The lines are
/// <c>MARK begin NAME</c>, text, <c>MARK end NAME CODE</c>.</summary>
internal static class Marked
{
    /// <summary>A part of the output: its text without the marks, and the exit code reported at its end.</summary>
    internal sealed record Section(string Name, string Text, int Code);

    /// <summary>A mark that nobody can guess.</summary>
    internal static string NewMark() => "portal-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The whole sections, in the order in which they came.</summary>
    internal static IEnumerable<Section> Read(string output, string mark)
    {
        string? name = null;
        var begin = 0;
        for (var at = output.IndexOf(mark, StringComparison.Ordinal); at >= 0;)
        {
            var lineEnd = output.IndexOf('\n', at);
            if (lineEnd < 0)
                lineEnd = output.Length;
            var words = output[at..lineEnd].Split(' ');
            if (words is [_, "begin", var begun])
            {
                name = begun;
                begin = Math.Min(lineEnd + 1, output.Length);
            }
            else if (words is [_, "end", var ended, var code] && ended == name
                && int.TryParse(code.AsSpan().TrimEnd(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exit))
            {
                yield return new Section(name, at > begin ? output[begin..at].TrimEnd('\n') : "", exit);
                name = null;
            }
            at = output.IndexOf(mark, lineEnd, StringComparison.Ordinal);
        }
    }
}
