using Portal.GraphQL.Language;

namespace Portal.Tests.GraphQL.Language;

public sealed class MutationTests
{
    private const int Rounds = 100_000;
    private const int Seed = 20251;

    private static readonly string[] Documents =
    [
        "\"why\" query Q($a: [Int!]! = [1] @d, $b: String) @x { n: node(id: \"\\u{1F600}\\n\") "
            + "{ ...F @s(if: $b) ... on T { id } } }",
        "mutation { do(input: {a: 1.5e-3, b: [true, null, RED], c: \"\"\"\n  text \\\"\"\"\n   "
            + " more\n\"\"\"}) { errors { code } } }",
        "fragment F on T @a(b: -0) { a, b # comment\r\n c { ... @include(if: true) { d } } }",
        "\"\"\"\nA type\n\"\"\" type A implements I & J @k { \"f\" f(a: Int = 1, b: [B!]): C! "
            + "@deprecated } extend type A { g: D }",
        "schema { query: Q } union U = | A | B enum E { X @y Z } input N @oneOf { a: Int = 2 } scalar S @specifiedBy(url: \"u\")",
        "directive @r(a: Int) repeatable on | FIELD | OBJECT extend schema @x interface I implements J { a: [[Int]] }",
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", "\"", "\"\"\"", "\\", "\\u", "\\u{", "\\uD83D", "...", "..", "$", "@", "!", "|", "&", ":",
        "=", "#", "\n", "\r", "\r\n", "\uFEFF", "\0", "\uD83D", "\uDE00", "\u00E9", "'", "-", "0", "1.", "1e", "on", "true",
        "extend", "type", "query", " ", ",",
    ];

    [Fact]
    public void Whatever_is_done_to_a_document_it_is_read_or_refused_in_its_place()
    {
        var random = new Random(Seed);
        var options = new ParseOptions { MaxTokens = 500, MaxDepth = 30 };
        var (accepted, refused) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var text = Mutate(Documents[random.Next(Documents.Length)], random);
            if (Parser.TryParse(text, out var document, out var error, options))
            {
                accepted++;
                var printed = Printer.Print(document);
                Assert.Equal(printed, Printer.Print(Parser.Parse(printed)));
                Assert.Equal(text.Length, document.Location.End);
            }
            else
            {
                refused++;
                var place = ((SourceText)text).LocationOf(error.Location.Start);
                Assert.Equal((place.Line, place.Column), (error.Line, error.Column));
                Assert.StartsWith("Syntax Error: ", error.Message, StringComparison.Ordinal);
            }
        }
        Assert.True(accepted > Rounds / 20 && refused > Rounds / 20, $"{accepted} accepted, {refused} refused");
    }

    private static string Mutate(string text, Random random)
    {
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            var to = Math.Min(text.Length, at + random.Next(12));
            text = random.Next(6) switch
            {
                0 => text.Remove(at, to - at),
                1 => text[..at],
                2 => text.Insert(random.Next(text.Length + 1), text[at..to]),
                3 => text.Insert(at, ((char)random.Next(0x10000)).ToString()),
                _ => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
            };
        }
        return text;
    }
}
