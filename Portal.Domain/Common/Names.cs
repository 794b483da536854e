using System.Globalization;

namespace Portal.Domain.Common;

/// <summary>What a name given by a person may be.</summary>
public static class Names
{
    /// <summary>Null when the text is a good name: not empty, within the length, no control or invisible formatting characters.</summary>
    public static Problem? Check(string field, string? text, int longest)
    {
        if (string.IsNullOrWhiteSpace(text)) return Problem.Invalid(field, "A name is needed.");
        if (text.Length > longest) return Problem.Invalid(field, $"A name has at most {longest} characters; this one has {text.Length}.");
        foreach (var character in text)
        {
            if (char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator)
                return Problem.Invalid(field, $"A name holds no control characters (here U+{(int)character:X4}).");
        }
        return null;
    }
}
