using System.Buffers;

namespace Portal.Web.Rest.Common;

/// <summary>A value in a line of CSV (RFC 4180).</summary>
public static class CsvCell
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    /// <summary>The value as it stands between commas. What a spreadsheet would take for a formula gets an apostrophe before it,
    /// which makes it text (OWASP, CSV Injection).</summary>
    public static string Of(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        var safe = value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + value : value;
        return safe.AsSpan().ContainsAny(Quoted) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }
}
