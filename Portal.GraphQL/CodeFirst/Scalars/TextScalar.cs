using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Xml;
using Portal.GraphQL.Types;

namespace Portal.GraphQL.CodeFirst;

/// <summary>A scalar that is text outside and a value of a class inside. Specification, section 3.5, custom scalars.</summary>
/// <typeparam name="T">What resolvers give and get.</typeparam>
/// <param name="what">What a text that is none is told to be not.</param>
/// <param name="parse">From text; null if it is none.</param>
/// <param name="format">To text.</param>
public sealed class TextScalar<T>(string what, Func<string, T?> parse, Func<T, string> format) : ScalarCodec
    where T : struct
{
    /// <inheritdoc/>
    public override bool TryParseValue(object input, out object? value, [NotNullWhen(false)] out string? problem)
    {
        var parsed = input is T same ? same : input is string text ? parse(text) : null;
        value = parsed;
        problem = parsed is null ? $"{what} cannot represent value: {TextScalars.Show(input)}" : null;
        return parsed is not null;
    }

    /// <inheritdoc/>
    public override object Serialize(object value) => value switch
    {
        T typed => format(typed),
        string text => text,
        _ => throw new LeafException($"{what} cannot represent value: {TextScalars.Show(value)}"),
    };
}

/// <summary>The scalars of text that come with the engine.</summary>
internal static class TextScalars
{
    private const DateTimeStyles Universal = DateTimeStyles.AssumeUniversal;
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    // RFC 3339, with seconds and an offset.
    public static ScalarCodec DateTime { get; } = new TextScalar<DateTimeOffset>(
        "DateTime",
        text => text.Length >= 19 && text[10] is 'T' or 't' && DateTimeOffset.TryParse(text, Plain, Universal, out var time)
            ? time
            : null,
        FormatTime);

    public static ScalarCodec Date { get; } = new TextScalar<DateOnly>(
        "Date",
        text => DateOnly.TryParseExact(text, "yyyy-MM-dd", Plain, DateTimeStyles.None, out var date) ? date : null,
        date => date.ToString("yyyy-MM-dd", Plain));

    // ISO 8601: PT1H30M.
    public static ScalarCodec Duration { get; } = new TextScalar<TimeSpan>("Duration", ParseDuration, XmlConvert.ToString);

    public static ScalarCodec Uuid { get; } = new TextScalar<Guid>(
        "UUID", text => Guid.TryParse(text, out var id) ? id : null, id => id.ToString("D"));

    public static string Show(object value) => value is string text ? $"\"{text}\"" : Convert.ToString(value, Plain) ?? "";

    public static string FormatTime(DateTimeOffset time)
    {
        Span<byte> room = stackalloc byte[40];
        var count = FormatTime(time, room);
        return System.Text.Encoding.ASCII.GetString(room[..count]);
    }

    // To the millisecond where it has one, UTC as Z.
    public static int FormatTime(DateTimeOffset time, Span<byte> room)
    {
        var isUtc = time.Offset == TimeSpan.Zero;
        var format = (time.Ticks % TimeSpan.TicksPerSecond, isUtc) switch
        {
            (0, true) => "yyyy-MM-ddTHH:mm:ssZ",
            (0, false) => "yyyy-MM-ddTHH:mm:sszzz",
            (_, true) => "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ",
            _ => "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz",
        };
        if (!isUtc || !Utf8Formatter.TryFormat(time, room, out var count, 'O'))
        {
            time.TryFormat(room, out count, format, Plain);
            return count;
        }
        // 2026-01-02T03:04:05.0000000+00:00 is cut to what it needs.
        var end = 27;
        for (; room[end - 1] == '0' && end > 20; end--)
        {
        }
        end = room[end - 1] == '.' ? end - 1 : end;
        room[end] = (byte)'Z';
        return end + 1;
    }

    private static TimeSpan? ParseDuration(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return null;
        }
    }
}
