using DiffPlex;

namespace Portal.Web.Components.Workflows;

/// <summary>One line of a comparison.</summary>
/// <param name="Before">Its number in the earlier text; null when it is not there.</param>
/// <param name="After">Its number in the later text; null when it is not there.</param>
/// <param name="Text">The line.</param>
public sealed record ComparedLine(int? Before, int? After, string Text);

/// <summary>Two texts, line by line.</summary>
public static class LineDifference
{
    private const int Around = 3;

    /// <summary>All lines of both, in order. Blanks count: in YAML they mean something.</summary>
    public static IReadOnlyList<ComparedLine> Of(string before, string after)
    {
        var found = new Differ().CreateLineDiffs(before, after, ignoreWhitespace: false);
        var lines = new List<ComparedLine>();
        var (left, right) = (0, 0);
        foreach (var block in found.DiffBlocks)
        {
            Same(block.DeleteStartA);
            for (var at = 0; at < block.DeleteCountA; at++) lines.Add(new(left + 1, null, found.PiecesOld[left++]));
            for (var at = 0; at < block.InsertCountB; at++) lines.Add(new(null, right + 1, found.PiecesNew[right++]));
        }
        Same(found.PiecesOld.Length);
        return lines;

        void Same(int until)
        {
            for (; left < until; left++, right++) lines.Add(new(left + 1, right + 1, found.PiecesOld[left]));
        }
    }

    /// <summary>What is changed and three lines around it; null stands for what is left out between.</summary>
    public static IReadOnlyList<ComparedLine?> Near(IReadOnlyList<ComparedLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var near = new bool[lines.Count];
        for (var at = 0; at < lines.Count; at++)
        {
            if (lines[at].Before is not null && lines[at].After is not null) continue;
            for (var by = Math.Max(0, at - Around); by <= Math.Min(lines.Count - 1, at + Around); by++) near[by] = true;
        }
        var shown = new List<ComparedLine?>();
        for (var at = 0; at < lines.Count; at++)
        {
            if (near[at]) shown.Add(lines[at]);
            else if (shown is [] or [.., not null]) shown.Add(null);
        }
        return shown;
    }
}
