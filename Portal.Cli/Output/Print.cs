using System.Text.Json;
using Portal.Cli.GraphQL;
using Spectre.Console;

namespace Portal.Cli.Output;

/// <summary>Answers as tables for people, as JSON or YAML for programs.</summary>
public static class Print
{
    /// <summary>Whatever it is, as JSON.</summary>
    public static void Json<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Wire.Indented));

    /// <summary>One of many, as JSON on a line of its own.</summary>
    public static void JsonLine<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, Wire.Options));

    /// <summary>Whatever it is, as YAML.</summary>
    public static void Yaml<T>(T value) => Console.Out.Write(YamlText.Of(JsonSerializer.SerializeToElement(value, Wire.Options)));

    /// <summary>A list: a table with these columns.</summary>
    public static void Table<T>(IEnumerable<T> rows, params (string Title, Func<T, string> Value)[] columns)
    {
        var cells = rows.Select(row => columns.Select(column => Plain(column.Value(row))).ToArray()).ToList();
        var widths = columns.Select((column, at) =>
            cells.Select(row => row[at].Length).Append(column.Title.Length).Max()).ToArray();
        Line(columns.Select(column => column.Title.ToUpperInvariant()));
        foreach (var row in cells) Line(row);

        void Line(IEnumerable<string> parts) =>
            Console.Out.WriteLine(string.Join("  ", parts.Select((part, at) => part.PadRight(widths[at]))).TrimEnd());
    }

    /// <summary>One thing: a line for each of its parts that has a value.</summary>
    public static void Fields(params (string Title, string? Value)[] fields)
    {
        var width = fields.Max(field => field.Title.Length);
        foreach (var (title, value) in fields)
            if (!string.IsNullOrEmpty(value)) Console.Out.WriteLine($"{title.PadRight(width)}  {Plain(value)}");
    }

    /// <summary>Text without control characters: what comes from elsewhere drives no terminal.</summary>
    public static string Plain(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    /// <summary>Text for Spectre's markup.</summary>
    public static string Marked(string text) => Markup.Escape(Plain(text));

    /// <summary>A time, to the second, where who reads it is.</summary>
    public static string Time(DateTimeOffset? time) => time is { } at ? $"{at.ToLocalTime():yyyy-MM-dd HH:mm:ss}" : "";

    /// <summary>A number of bytes in words.</summary>
    public static string Bytes(double bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        var unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++) bytes /= 1024;
        return unit == 0 ? $"{bytes:0} B" : $"{bytes:0.0} {units[unit]}";
    }
}
