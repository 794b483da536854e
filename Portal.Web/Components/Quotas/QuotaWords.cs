using System.Globalization;
using Portal.Domain.Quotas;
using Portal.Web.Components.Parts;

namespace Portal.Web.Components.Quotas;

/// <summary>Quotas as people read and type them.</summary>
public static class QuotaWords
{
    private const double Gigabyte = 1 << 30;

    /// <summary>A number of core hours.</summary>
    public static string Hours(double hours) => hours.ToString(hours < 10 ? "0.##" : "#,0.#", CultureInfo.InvariantCulture);

    /// <summary>The limits in a line, for lists.</summary>
    public static string Line(QuotaLimits limits) => limits.Nothing ? "no limit" : string.Join(" · ", new[]
    {
        limits.Runs is { } runs ? $"{Format.Count(runs)} run{(runs == 1 ? "" : "s")} at a time" : null,
        limits.CoreHours is { } hours ? $"{Format.Count(hours)} core hours a month" : null,
        limits.Bytes is { } bytes ? $"{Format.Bytes(bytes)} a month" : null,
    }.OfType<string>());

    /// <summary>The tone of a meter: calm, to be looked at from nine tenths on, used up.</summary>
    public static string Tone(double used, double limit) => used >= limit ? "bad" : used >= 0.9 * limit ? "wait" : "going";

    /// <summary>A limit as a field shows it.</summary>
    public static string Typed(long? limit) => limit?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>Bytes as a field of GiB shows them.</summary>
    public static string TypedGigabytes(long? bytes) =>
        bytes is { } limit ? (limit / Gigabyte).ToString("0.#########", CultureInfo.InvariantCulture) : "";

    /// <summary>A whole number that was typed; null for an empty field, -1 for what is none, which the rules refuse.</summary>
    public static int? Number(string text) => text.Trim().Length == 0 ? null
        : int.TryParse(text.Trim(), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : -1;

    /// <summary>GiB that were typed, as bytes; null for an empty field, -1 for what is no number.</summary>
    public static long? Gigabytes(string text) => text.Trim().Length == 0 ? null
        : double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture, out var number)
            && number < long.MaxValue / Gigabyte ? (long)(number * Gigabyte) : -1;
}
