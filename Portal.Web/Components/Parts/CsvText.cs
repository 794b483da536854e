using System.Text;

namespace Portal.Web.Components.Parts;

/// <summary>Reads CSV as in RFC 4180, with comma, semicolon or tab between, whichever the first line has most of.</summary>
public static class CsvText
{
    /// <summary>The rows, at most so many; a quote that is never closed takes the rest as one value.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text, int maximumRows)
    {
        var separator = Separator(text);
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var value = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length && rows.Count < maximumRows; at++)
        {
            var character = text[at];
            if (quoted)
            {
                if (character != '"')
                    value.Append(character);
                else if (at + 1 < text.Length && text[at + 1] == '"')
                    value.Append(text[at++]);
                else
                    quoted = false;
            }
            else if (character == '"' && value.Length == 0)
                quoted = true;
            else if (character == separator)
                EndValue();
            else if (character == '\n')
                EndRow();
            else if (character != '\r')
                value.Append(character);
        }
        if (rows.Count < maximumRows && (value.Length > 0 || row.Count > 0))
            EndRow();
        return rows;

        void EndValue()
        {
            row.Add(value.ToString());
            value.Clear();
        }

        void EndRow()
        {
            EndValue();
            rows.Add(row);
            row = [];
        }
    }

    private static char Separator(string text)
    {
        var line = text.AsSpan(0, text.IndexOf('\n') is var end and >= 0 ? end : text.Length);
        var (best, most) = (',', 0);
        foreach (var candidate in ",;\t")
            if (line.Count(candidate) is var count && count > most)
                (best, most) = (candidate, count);
        return best;
    }
}
