using System.Text.RegularExpressions;
using Portal.Tests.Fixtures;

namespace Portal.Tests.Architecture;

/// <summary>docs/security.md says what a test shows: each row of a table of promises and each paragraph names a test, and the
/// tests are there. What is no promise of the program's is listed here, by how it begins.</summary>
public sealed partial class SecurityPageTests
{
    private const string Same = "the same";

    // What tells how the page is read, what people do, and where else something stands.
    private static readonly string[] NoPromises =
    [
        "What the portal protects, and how.", "Everything that the portal keeps is of one of four classes.",
            "Which packages there are",
        "Days count from when", "[asvs.md]", "To report a weakness",
    ];

    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "security.md"));

    [Fact]
    public void Every_promise_names_a_test()
    {
        var nameless = Blocks().Where(block => !block.Table && !NoPromises.Any(words => block.Text.StartsWith(words,
            StringComparison.Ordinal)))
            .Select(block => block.Text).Concat(Promises()).Where(promise => !Test().IsMatch(promise)
                && !promise.TrimEnd(' ', '|').Split(" | ")[^1].StartsWith(Same, StringComparison.Ordinal)).ToList();
        Assert.True(nameless.Count == 0,
            $"These name no test:\n{string.Join('\n', nameless.Select(text => text[..Math.Min(text.Length, 120)]))}");
        Assert.True(Promises().Count() > 100, "Too few promises were found.");
    }

    [Fact]
    public void What_is_the_same_stands_below_a_test() => Assert.All(Blocks().Where(block => block.Table), block =>
    {
        var first = block.Text.Split('\n').Skip(2).FirstOrDefault();
        Assert.False(first?.Split(" | ")[^1].StartsWith(Same, StringComparison.Ordinal), first);
    });

    [Fact]
    public void Every_test_that_is_named_is_there()
    {
        // A name without a folder is in that of the one before it.
        var (folder, named, missing) = ("", 0, new List<string>());
        foreach (Match match in Test().Matches(Page))
        {
            var slash = match.Value.LastIndexOf('/');
            if (slash >= 0) folder = match.Value[..slash];
            named++;
            if (!File.Exists(Repository.PathOf(["Portal.Tests", .. folder.Split('/'),
                match.Value[(slash + 1)..]]))) missing.Add(match.Value);
        }
        Assert.Empty(missing);
        Assert.True(named > 150, $"{named} tests are named.");
    }

    [Fact]
    public void Each_of_what_is_no_promise_is_there() => Assert.All(NoPromises, words => Assert.Contains(Blocks(), block =>
        block.Text.StartsWith(words, StringComparison.Ordinal)));

    // Rows of tables whose last column says what shows them.
    private static IEnumerable<string> Promises() => Blocks().Where(block => block.Table).Select(block => block.Text.Split('\n'))
        .Where(rows => rows[0].TrimEnd().EndsWith("| shown by |", StringComparison.Ordinal)).SelectMany(rows => rows.Skip(2));

    private static IEnumerable<(string Text, bool Table)> Blocks() => Page.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(block => block.Trim()).Where(block => block.Length > 0 && block[0] != '#').Select(block => (block,
            block[0] == '|'));

    // Not files of the program, which stand below their project.
    [GeneratedRegex(@"(?<![\w./])(?:[A-Z][A-Za-z]+/)*[A-Z][A-Za-z0-9]+\.cs")]
    private static partial Regex Test();
}
