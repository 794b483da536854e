using System.Globalization;

namespace Portal.Web.Components.Parts;

/// <summary>Numbers as people read them. Always with a point and in English, whatever the machine.</summary>
public static class Format
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>"1.4 GiB"; whole bytes below 1 KiB.</summary>
    public static string Bytes(long bytes)
    {
        double value = bytes;
        var unit = 0;
        while (Math.Abs(value) >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }
        var shape = unit == 0 ? "0" : Math.Abs(value) < 10 ? "0.00" : Math.Abs(value) < 100 ? "0.0" : "0";
        return value.ToString(shape, CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary>"84.0 MiB/s".</summary>
    public static string Rate(double bytesPerSecond) => Bytes((long)bytesPerSecond) + "/s";

    /// <summary>"1,234,567".</summary>
    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>"320 ms", "4.2 s", "3 min 07 s", "2 h 05 min", "3 d 4 h": two parts at the most.</summary>
    public static string Duration(TimeSpan span) => span switch
    {
        { Ticks: < 0 } => "0 s",
        { TotalSeconds: < 1 } => Text($"{span.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 10 } => Text($"{span.TotalSeconds:0.0} s"),
        { TotalMinutes: < 1 } => Text($"{Math.Floor(span.TotalSeconds):0} s"),
        { TotalHours: < 1 } => Text($"{span.Minutes} min {span.Seconds:00} s"),
        { TotalDays: < 1 } => Text($"{span.Hours} h {span.Minutes:00} min"),
        _ => Text($"{(int)span.TotalDays} d {span.Hours} h"),
    };

    /// <summary>"just now", "5 min ago", "3 Mar 2026". The same words as in shell.js.</summary>
    public static string Ago(DateTimeOffset moment, DateTimeOffset now) => (now - moment) switch
    {
        { TotalSeconds: < 10 } => "just now",
        { TotalSeconds: < 60 } age => Text($"{(int)age.TotalSeconds} s ago"),
        { TotalMinutes: < 60 } age => Text($"{(int)age.TotalMinutes} min ago"),
        { TotalHours: < 24 } age => Text($"{(int)age.TotalHours} h ago"),
        { TotalDays: < 30 } age => Text($"{(int)age.TotalDays} d ago"),
        _ => moment.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };

    /// <summary>"2026-03-04 14:02:11 UTC".</summary>
    public static string Exact(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
