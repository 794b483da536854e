using System.Globalization;
using System.Text.RegularExpressions;
using Portal.Domain.Accounts;
using Portal.Tests.Fixtures;
using Portal.Web.Accounts;
using Portal.Web.Composition;
using Portal.Web.Edge;

namespace Portal.Tests.Architecture;

/// <summary>docs/asvs.md says what is so: its numbers are those of its rows, the tests that it names are there, and so are the papers that
/// requirements ask for, with what the code has.</summary>
public sealed partial class AsvsTests
{
    private static readonly string Page = Text("docs/asvs.md");

    [Fact]
    public void The_table_counts_the_rows_and_every_requirement_is_met_and_tested()
    {
        var rows = Rows().ToList();
        Assert.Equal(rows.Count, rows.Select(row => row.Number).Distinct().Count());
        foreach (var (chapter, counts) in Chapters())
        {
            var own = rows.Where(row => row.Number.StartsWith($"{chapter}.", StringComparison.Ordinal)).ToList();
            var unmet = own.Count(row => row.How.StartsWith("Not met", StringComparison.Ordinal));
            var untested = own.Count(row => row.Test.Contains("no test", StringComparison.Ordinal)) - unmet;
            Assert.Equal((chapter, own.Count, own.Count - unmet - untested, untested, unmet),
                (chapter, counts[0], counts[1], counts[2], counts[3]));
        }
        var all = Chapters().Select(one => one.Counts).ToList();
        Assert.Contains($"| **all** | **{string.Join("** | **", Enumerable.Range(0, 5).Select(at => all.Sum(one => one[at])))}** |", Page,
            StringComparison.Ordinal);
        Assert.DoesNotContain(rows, row => row.Test.Contains("no test", StringComparison.Ordinal) || row.How.StartsWith("Not met",
            StringComparison.Ordinal));
    }

    [Fact]
    public void Every_test_that_is_named_is_there()
    {
        var named = Rows().SelectMany(row => Test().Matches(row.Test).Select(match => match.Value)).Distinct().ToList();
        Assert.True(named.Count > 60, $"{named.Count} tests are named.");
        var missing = named.Where(path => !File.Exists(Repository.PathOf("Portal.Tests", path)));
        Assert.Empty(missing);
        Assert.DoesNotContain(Rows(), row => !Test().IsMatch(row.Test));
    }

    [Theory]
    // 5.1.1, 6.1.2, 6.1.3, 7.1.1, 7.1.2, 14.1.1, 14.1.2, 15.1.1
    [InlineData("docs/security.md", "**Files.**", ".yaml", ".yml", "1 MiB", "archive", "scanner")]
    [InlineData("docs/security.md", "**Passwords**", "12 characters", "CommonPasswords.txt", "Portal:Passwords:LeakedFile")]
    [InlineData("docs/security.md", "**Sessions**", "Portal:Sessions", "SP 800-63B", "no limit to the number of sessions")]
    [InlineData("docs/security.md", "## What is worth stealing", "| secret |", "| personal |", "| of a project |", "| public |", "How long:")]
    [InlineData("docs/security.md", "## Packages", "2 days", "7 days", "30 days")]
    // 7.1.3, 15.1.3, 13.1.1, 16.1.1
    [InlineData("docs/adr/0021-providers-by-the-frameworks-handlers.md", "# 0021", "between two sign-ins")]
    [InlineData("docs/graphql.md", "## ", "cost")]
    [InlineData("docs/operations.md", "## Settings", "Portal:Database", "Portal:Outgoing:", "Portal:Limits:", "Portal:Quotas:", "Portal:Scanner:")]
    [InlineData("docs/operations.md", "## Logs", "| events |", "| the program's log |", "| logs of runs |", "| PostgreSQL's own |", "| requests |")]
    public void What_is_to_be_written_down_is(string path, string from, params string[] said)
    {
        var text = Text(path);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, $"{path} has no '{from}'.");
        // A part goes to the next of its kind.
        var next = text.IndexOf(from.StartsWith("**", StringComparison.Ordinal) ? "\n\n**" : "\n## ", at + 1, StringComparison.Ordinal);
        var part = path.Contains("/adr/", StringComparison.Ordinal) || from == "## " ? text : next < 0 ? text[at..] : text[at..next];
        Assert.All(said, words => Assert.Contains(words, part, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void What_is_written_of_limits_and_of_ways_in_is_what_the_code_has()
    {
        var (security, operations) = (Text("docs/security.md"), Text("docs/operations.md"));
        var sessions = new SessionSettings();
        Assert.Contains($"end {sessions.Idle.TotalDays} days after they were last seen and {sessions.Longest.TotalDays} days after they began",
            security, StringComparison.Ordinal);
        Assert.Contains($"at least {PasswordRules.MinimumLength} characters", security, StringComparison.Ordinal);
        // 6.1.1: how guessing is countered.
        var limits = new LimitSettings();
        foreach (var limit in typeof(LimitSettings).GetProperties().Where(one => one.PropertyType == typeof(int)))
            Assert.Matches($@"\| `{limit.Name}` \| {((int)limit.GetValue(limits)!).ToString(CultureInfo.InvariantCulture)} \|", operations);
        // 6.1.3: every way to sign in.
        Assert.All(Enum.GetNames<SignInWay>(), way => Assert.Contains(way, security, StringComparison.OrdinalIgnoreCase));
        Assert.All(Enum.GetNames<SignUpMode>(), mode => Assert.Contains(mode, operations, StringComparison.OrdinalIgnoreCase));
        // 13.1.1: every section of settings that names somebody to talk to.
        foreach (var section in (string[])[nameof(PortalSettings.Database), nameof(PortalSettings.Mail), nameof(PortalSettings.Providers),
            nameof(PortalSettings.Scanner), nameof(PortalSettings.Seals), nameof(PortalSettings.Outgoing)])
            Assert.Contains($"Portal:{section}", operations, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_have_neither_passwords_that_end_by_the_calendar_nor_hints_nor_questions() =>
        Assert.DoesNotContain(typeof(PortalUser).GetProperties(),
            one => Regex.IsMatch(one.Name, "Expir|Until|Hint|Question|Answer|PasswordSince|PasswordChanged"));

    private static IEnumerable<(string Number, string How, string Test)> Rows() => Page.Split('\n')
        .Where(line => Row().IsMatch(line)).Select(line => line.Split(" | ")).Select(cells =>
        {
            Assert.Equal(4, cells.Length);
            return (cells[0].Split(' ')[1], cells[2], cells[3]);
        });

    private static IEnumerable<(string Chapter, int[] Counts)> Chapters() => Chapter().Matches(Page).Select(match =>
        (match.Groups[1].Value, match.Groups[2].Value.Split('|').Select(cell => int.Parse(cell, CultureInfo.InvariantCulture)).ToArray()));

    private static string Text(string path) => File.ReadAllText(Repository.PathOf(path));

    [GeneratedRegex(@"^\| \d+\.\d+\.\d+ L[12] \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| V(\d+) [^|]*\|((?: \d+ \|){4} \d+) \|$", RegexOptions.Multiline)]
    private static partial Regex Chapter();

    [GeneratedRegex(@"[A-Z][A-Za-z]+(?:/[A-Za-z0-9]+)+\.cs")]
    private static partial Regex Test();
}
