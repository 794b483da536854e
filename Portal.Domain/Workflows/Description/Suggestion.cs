namespace Portal.Domain.Workflows.Description;

/// <summary>Finds the word that was probably meant.</summary>
internal static class Suggestion
{
    /// <summary>
    /// <c>Did you mean "x"?</c> for the nearest candidate within a third of the word's length, else the sentence given.
    /// </summary>
    public static string For(string word, IEnumerable<string> candidates, string otherwise)
    {
        if (word.Length is 0 or > 64)
        {
            return otherwise;
        }

        var (best, distance) = ("", 1 + Math.Max(1, word.Length / 3));
        foreach (var candidate in candidates.Where(x => Math.Abs(x.Length - word.Length) < distance))
        {
            var d = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (d < distance)
            {
                (best, distance) = (candidate, d);
            }
        }

        return best.Length == 0 ? otherwise : $"Did you mean \"{best}\"?";
    }

    /// <summary>Letters added, dropped, changed or swapped with their neighbour (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                var change = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(change, 1 + Math.Min(d[i - 1, j], d[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
