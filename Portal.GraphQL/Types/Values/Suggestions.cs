namespace Portal.GraphQL.Types;

/// <summary>
/// Names that were perhaps meant. The choice, the order and the words are those of the reference implementation.
/// </summary>
internal static class Suggestions
{
    private const int Most = 5;

    /// <summary>The names that are a few edits away, nearest first.</summary>
    public static IReadOnlyList<string> For(string input, IEnumerable<string> options)
    {
        var threshold = (int)Math.Floor(input.Length * 0.4) + 1;
        var near = new List<(string Name, int Distance)>();
        foreach (var option in options.Distinct(StringComparer.Ordinal))
        {
            if (Distance(input, option, threshold) is { } distance)
            {
                near.Add((option, distance));
            }
        }
        near.Sort((a, b) => a.Distance != b.Distance ? a.Distance - b.Distance : NaturalOrder.Compare(a.Name, b.Name));
        return [.. near.Select(item => item.Name)];
    }

    /// <summary>A question behind a message, with a blank before it; nothing if there is nothing to ask.</summary>
    public static string DidYouMean(IReadOnlyList<string> names, string? what = null)
    {
        var quoted = names.Take(Most).Select(name => $"\"{name}\"").ToArray();
        var list = quoted.Length switch
        {
            0 => null,
            1 => quoted[0],
            2 => $"{quoted[0]} or {quoted[1]}",
            _ => $"{string.Join(", ", quoted[..^1])}, or {quoted[^1]}",
        };
        return list is null ? "" : $" Did you mean {(what is null ? "" : what + " ")}{list}?";
    }

    // Edits, swaps of neighbours among them; another case is one edit. Null beyond the threshold.
    private static int? Distance(string input, string option, int threshold)
    {
        if (input == option)
        {
            return 0;
        }
        var (a, b) = (option.ToLowerInvariant(), input.ToLowerInvariant());
        if (a == b)
        {
            return 1;
        }
        (a, b) = a.Length < b.Length ? (b, a) : (a, b);
        if (a.Length - b.Length > threshold)
        {
            return null;
        }
        var rows = new int[3][];
        for (var row = 0; row < 3; row++)
        {
            rows[row] = new int[b.Length + 1];
        }
        for (var j = 0; j <= b.Length; j++)
        {
            rows[0][j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            var (above, row) = (rows[(i - 1) % 3], rows[i % 3]);
            var smallest = row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var edits = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    edits = Math.Min(edits, rows[(i - 2) % 3][j - 2] + 1);
                }
                row[j] = edits;
                smallest = Math.Min(smallest, edits);
            }
            if (smallest > threshold)
            {
                return null;
            }
        }
        var distance = rows[a.Length % 3][b.Length];
        return distance <= threshold ? distance : null;
    }
}

/// <summary>The order of names in which digits count as numbers.</summary>
internal static class NaturalOrder
{
    public static int Compare(string a, string b)
    {
        var (i, j) = (0, 0);
        while (i < a.Length && j < b.Length)
        {
            if (char.IsAsciiDigit(a[i]) && char.IsAsciiDigit(b[j]))
            {
                var (first, second) = (TakeNumber(a, ref i), TakeNumber(b, ref j));
                if (first != second)
                {
                    return first < second ? -1 : 1;
                }
            }
            else if (a[i] != b[j])
            {
                return a[i] < b[j] ? -1 : 1;
            }
            else
            {
                (i, j) = (i + 1, j + 1);
            }
        }
        return a.Length - b.Length;
    }

    // A zero in front is a number of its own.
    private static double TakeNumber(string text, ref int at)
    {
        var number = 0d;
        do
        {
            number = (number * 10) + (text[at++] - '0');
        }
        while (at < text.Length && char.IsAsciiDigit(text[at]) && number > 0);
        return number;
    }
}
