using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Portal.Cli.Output;

/// <summary>Answers as tables for people or as JSON for programs.</summary>
public static class Print
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whatever it is, as JSON.</summary>
    public static void Json(object value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Indented));

    /// <summary>A list: a table with these columns.</summary>
    public static void Table<T>(IEnumerable<T> rows, params (string Title, Func<T, string> Value)[] columns)
    {
        var cells = rows.Select(row => columns.Select(column => Plain(column.Value(row))).ToArray()).ToList();
        var widths = columns.Select((column, at) => cells.Select(row => row[at].Length).Append(column.Title.Length).Max()).ToArray();
        Line(columns.Select(column => column.Title.ToUpperInvariant()));
        foreach (var row in cells) Line(row);

        void Line(IEnumerable<string> parts) => Console.Out.WriteLine(string.Join("  ", parts.Select((part, at) => part.PadRight(widths[at]))).TrimEnd());
    }

    /// <summary>One thing: a line for each of its parts that has a value.</summary>
    public static void Fields(params (string Title, string Value)[] fields)
    {
        var width = fields.Max(field => field.Title.Length);
        foreach (var (title, value) in fields.Where(field => field.Value.Length > 0))
            Console.Out.WriteLine($"{title.PadRight(width)}  {Plain(value)}");
    }

    /// <summary>Text without control characters: what comes from elsewhere drives no terminal.</summary>
    public static string Plain(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    /// <summary>Text for Spectre's markup.</summary>
    public static string Marked(string text) => Markup.Escape(Plain(text));

    /// <summary>A number of bytes in words.</summary>
    public static string Bytes(double bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        var unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++) bytes /= 1024;
        return unit == 0 ? $"{bytes:0} B" : $"{bytes:0.0} {units[unit]}";
    }
}
