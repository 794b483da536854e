using Portal.Domain.Runs;

namespace Portal.Jobs.Code;

/// <summary>What a repository says it has: names and the commits that they stand for.</summary>
internal sealed class GitReferences
{
    private readonly Dictionary<string, string> commits = new(StringComparer.Ordinal);

    /// <summary>Reads the answer of <c>git ls-remote</c>. An annotated tag stands for the commit that it points to (<c>^{}</c>).</summary>
    public GitReferences(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 40) continue;
            var name = line[(tab + 1)..];
            if (name.EndsWith("^{}", StringComparison.Ordinal)) commits[name[..^3]] = line[..tab];
            else commits.TryAdd(name, line[..tab]);
        }
    }

    /// <summary>The commit of a tag, a branch, or a full name, in git's own order (gitrevisions(7)); null when there is none.</summary>
    public string? Find(string reference) =>
        new[] { reference, "refs/" + reference, "refs/tags/" + reference, "refs/heads/" + reference }
            .Select(commits.GetValueOrDefault).FirstOrDefault(c => c is not null);

    /// <summary>The one tip that begins like this; null when none or several do.</summary>
    public string? Starting(string digits) =>
        commits.Values.Distinct().Where(c => c.StartsWith(digits, StringComparison.Ordinal)).Take(2).ToArray() is [var one] ? one : null;

    /// <summary>The refusal of a name, with the names that are nearest to it.</summary>
    public Exception Missing(string url, string reference)
    {
        var names = commits.Keys.Where(n => n.StartsWith("refs/heads/", StringComparison.Ordinal) || n.StartsWith("refs/tags/", StringComparison.Ordinal))
            .Select(n => n.Split('/', 3)[2]).Distinct().OrderBy(n => Distance(n, reference)).ThenBy(n => n, StringComparer.Ordinal).Take(5).ToArray();
        return CodeFault.Final(FailureName.CodeMissing, $"{CodeFault.Clean(url)} has no branch, tag or commit “{reference}”.", null,
            names.Length == 0 ? "The repository is empty." : "Nearest names there: " + string.Join(", ", names) + ".");
    }

    /// <summary>Levenshtein's distance.</summary>
    internal static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, left) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                var best = Math.Min(Math.Min(row[j], left) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                (diagonal, left, row[j]) = (row[j], best, best);
            }
        }
        return row[b.Length];
    }
}
