using System.Globalization;
using System.Numerics;

namespace Portal.GraphQL.Types;

/// <summary>Numbers of any CLR type as doubles, and as the reference writes them.</summary>
internal static class Numbers
{
    public static bool TryGet(object value, out double number)
    {
        (var isNumber, number) = value switch
        {
            int n => (true, n),
            double n => (true, n),
            long n => (true, n),
            float n => (true, n),
            decimal n => (true, (double)n),
            BigInteger n => (true, (double)n),
            short or ushort or byte or sbyte or uint or ulong => (true, Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            _ => (false, 0d),
        };
        return isNumber;
    }

    // Results may be numbers in strings as well.
    public static bool TryGetLenient(object value, out double number) =>
        value is string text
            ? double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            : TryGet(value, out number);

    public static double Of(object value) => TryGetLenient(value, out var number) ? number : double.NaN;

    // Number::toString of ECMAScript: shortest digits, exponents from 21 and to -7.
    public static string Format(double number)
    {
        if (!double.IsFinite(number) || number == 0)
        {
            return double.IsFinite(number) ? "0" : double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        }
        var parts = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture).Split('E');
        var raw = parts[0].Replace(".", "", StringComparison.Ordinal);
        var digits = raw.TrimStart('0');
        // The place of the decimal point, counted from the first digit that is not 0.
        var point = (parts[0].IndexOf('.') is var dot and >= 0 ? dot : raw.Length) - (raw.Length - digits.Length)
            + (parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        digits = digits.TrimEnd('0');
        var sign = number < 0 ? "-" : "";
        return sign + point switch
        {
            > 21 or <= -6 => Exponential(digits, point - 1),
            > 0 when point >= digits.Length => digits.PadRight(point, '0'),
            > 0 => $"{digits[..point]}.{digits[point..]}",
            _ => "0." + new string('0', -point) + digits,
        };
    }

    private static string Exponential(string digits, int exponent) =>
        digits[..1] + (digits.Length > 1 ? "." + digits[1..] : "") + (exponent < 0 ? "e-" : "e+") + Math.Abs(exponent);
}
