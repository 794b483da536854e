using System.Text.RegularExpressions;

namespace Portal.Tests.GraphQL.Fuzz;

/// <summary>
/// Damages documents: tokens are taken out, doubled, swapped and renamed, so that what comes out is nearly right. Half of the
/// changes put a name or a value in the place of another, which mostly leaves a document that can be read.
/// The same seed gives the same documents. It knows nothing but the text, and serves tests and <c>./bench fuzz</c> alike.
/// </summary>
public sealed partial class DocumentMutator(Random random)
{
    /// <summary>What stands in documents, and what should not.</summary>
    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", "...", "$", "@", "!", "|", "&", ":", "=", ",", "\n", "null", "true", "1", "-1", "1.5",
        "1e3", "2147483648", "\"\"", "\"text\"", "\"\"\"block\"\"\"", "RED", "[]", "[1, null]", "{}", "{a: 1}", "$v0", "$none",
        "... on", "on", "query", "mutation", "subscription", "fragment F on Query {", "__typename",
        "__schema { types { name } }", "@skip(if: true)", "@include(if: $v0)", "@include", "@deprecated", "@unknown", "extend",
        "type", "type T { a: Int }", "directive", "input", "# comment\n", "(if: true)", "x: ", "id", "{ id }", "...F",
        "... { id }",
    ];

    /// <summary>Values of all kinds.</summary>
    private static readonly string[] Values =
    [
        "null", "true", "1", "-1", "1.5", "2147483648", "\"\"", "\"text\"", "RED", "SIT", "[]", "[1, null]", "{}", "{a: 1}",
        "$v0", "[[2]]",
    ];

    /// <summary>Characters that lexers stumble over.</summary>
    private static readonly string[] Oddities =
    [
        "\"", "\"\"\"", "\\", "\\u", "\\u{", "\\uD83D", "\\u{10FFFF}", "..", ".", "#", "\r", "\r\n", "\uFEFF", "\0", "\uD83D",
        "\uDE00", "\u00E9", "'", "-", "0", "00", "1.", "1e", "0x1", "%", "\t", "\u2028",
    ];

    /// <summary>A document with one to three changes.</summary>
    /// <param name="document">Any text.</param>
    /// <param name="odd">Whether characters may come in that belong into no document.</param>
    public string Mutate(string document, bool odd = false)
    {
        var tokens = Token().Matches(document).Select(match => match.Value).ToList();
        for (var changes = random.Next(1, 4); changes > 0 && tokens.Count > 0; changes--)
        {
            Change(tokens, odd);
        }
        return string.Concat(tokens);
    }

    private void Change(List<string> tokens, bool odd)
    {
        var at = random.Next(tokens.Count);
        switch (random.Next(odd ? 22 : 20))
        {
            case 0:
                tokens.RemoveAt(at);
                break;
            case 1:
                tokens.Insert(at, $" {Pick(Pieces)} ");
                break;
            case 2:
                tokens[at] = Pick(Pieces);
                break;
            case 3:
                var other = random.Next(tokens.Count);
                (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                break;
            case 4:
                tokens.RemoveRange(at, random.Next(Math.Min(6, tokens.Count - at)));
                break;
            case 5:
                Repeat(tokens, at);
                break;
            case < 12:
                Rename(tokens);
                break;
            case < 15:
                Misspell(tokens);
                break;
            case < 18:
                Revalue(tokens);
                break;
            case < 20:
                RepeatSelection(tokens);
                break;
            case 20:
                tokens.Insert(at, Pick(Oddities));
                break;
            default:
                tokens.RemoveRange(at, tokens.Count - at);
                break;
        }
    }

    [GeneratedRegex("""^(["A-Za-z_]|-?\d)""")]
    private static partial Regex Value();

    private string Pick(string[] from) => from[random.Next(from.Length)];

    [GeneratedRegex("""""
        """[\s\S]*?"""|"(?:\\.|[^"\\\n])*"|\.\.\.|[A-Za-z_]\w*|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[ \t]+|[\s\S]
        """"")]
    private static partial Regex Token();

    [GeneratedRegex(@"^[A-Za-z_]\w*$")]
    private static partial Regex Name();
}
