using System.Text;
using System.Text.Json;

namespace Portal.EventStore;

/// <summary>The words of a text: runs of letters and digits, in lower case, the first 64 characters of each.</summary>
internal static class EventWords
{
    private const int LongestWord = 64;

    // What is said in an event of more words is found by the first of them.
    private const int MostWords = 1000;

    /// <summary>The words of a type's name and of all texts in a body, each once.</summary>
    public static HashSet<string> Of(string type, string body)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        Add(words, type);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(body));
        while (words.Count < MostWords && reader.Read())
            if (reader.TokenType == JsonTokenType.String)
                Add(words, Text(reader));
        return words;
    }

    /// <summary>The words of a question.</summary>
    public static HashSet<string> Of(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        Add(words, text);
        return words;
    }

    private static void Add(HashSet<string> words, string text)
    {
        for (var (start, at) = (0, 0); at <= text.Length && words.Count < MostWords; at++)
        {
            if (at < text.Length && char.IsLetterOrDigit(text[at])) continue;
            if (at > start) words.Add(text[start..Math.Min(at, start + LongestWord)].ToLowerInvariant());
            start = at + 1;
        }
    }

    // Half of a pair of UTF-16 may stand in a body, escaped: it is no letter.
    private static string Text(Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }
}
