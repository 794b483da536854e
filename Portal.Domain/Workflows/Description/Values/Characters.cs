using System.Globalization;
using System.Text;

namespace Portal.Domain.Workflows.Description;

/// <summary>Which characters may stand where, and how a foreign text is shown in a message.</summary>
internal static class Characters
{
    /// <summary>
    /// Whether the character at <paramref name="at"/> may stand in text: no control but tab and newline, no half pair.
    /// </summary>
    public static bool MayStand(string text, int at)
    {
        var c = text[at];
        if (char.IsSurrogate(c))
        {
            return char.IsHighSurrogate(c)
                ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
                : at > 0 && char.IsHighSurrogate(text[at - 1]);
        }

        return !char.IsControl(c) || c is '\n' or '\t';
    }

    /// <summary>Whether all of a text may stand on one line: no control character at all.</summary>
    public static bool OneLine(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!MayStand(text, i) || text[i] is '\n' or '\t' or '\u2028' or '\u2029')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text holds only what may stand in text, newlines and tabs included.</summary>
    public static bool AllMayStand(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!MayStand(text, i))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The first NUL or half of a surrogate pair: what neither a process nor JSON can carry. Null where there is none.
    /// </summary>
    public static char? Unfit(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !MayStand(text, i)))
            {
                return text[i];
            }
        }

        return null;
    }

    /// <summary>A character's number, as <c>U+0007</c>.</summary>
    public static string Name(char c) => string.Create(CultureInfo.InvariantCulture, $"U+{(int)c:X4}");

    /// <summary>A foreign text in quotes, safe for a message: cut at 60 characters, control characters by number.</summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder("\"");
        for (var i = 0; i < text.Length && i < 60; i++)
        {
            _ = MayStand(text, i) && text[i] is not ('\n' or '\t') ? shown.Append(text[i])
                : text[i] switch
                {
                    '\n' => shown.Append("\\n"),
                    '\t' => shown.Append("\\t"),
                    '\r' => shown.Append("\\r"),
                    _ => shown.Append('<').Append(Name(text[i])).Append('>'),
                };
        }

        // A pair cut in two would make the message itself unfit for JSON.
        if (text.Length > 60 && char.IsHighSurrogate(shown[^1]))
        {
            shown.Length--;
        }

        return shown.Append(text.Length > 60 ? "…\"" : "\"").ToString();
    }
}
