using System.Globalization;
using Portal.Domain.Reports;

namespace Portal.Domain.Audit;

/// <summary>What somebody searched for, as it is noted: in the words of the page's address, <c>type=run_failed&amp;actor=...</c>.
/// Project and run are not among them, nor the place in the list: its pages are one reading.</summary>
internal static class EventConditions
{
    /// <summary>Most characters that are kept of them.</summary>
    public const int Longest = 400;

    /// <summary>The conditions of a question; empty where it has none. What is longer than <see cref="Longest"/> ends with
    /// dots.</summary>
    public static string Of(EventQuestion question)
    {
        var all = Join(
            ("text", question.Text), ("from", Moment(question.From)), ("until", Moment(question.Until)),
            ("type", question.Types is { } types ? string.Join(',', types) : null),
            ("door", question.Door), ("actor", question.Actor),
            ("machine", question.Machine?.ToString()), ("credential", question.Credential?.ToString()),
            ("correlation", question.Correlation?.ToString()), ("report", question.Usage is { } usage ? Of(usage) : null),
            ("event", question.UpTo?.ToString(CultureInfo.InvariantCulture)));
        return all.Length > Longest ? all[..(Longest - 3)] + "..." : all;
    }

    private static string Of(UsageSlice usage) => Join(
        ("project", usage.Report.Project?.ToString()), ("machine", usage.Report.Machine?.ToString()),
        ("person", usage.Report.Person?.ToString()), ("from", usage.Report.From), ("until", usage.Report.Until),
        ("show", usage.UnderWay ? "active" : usage.Outcome?.ToString().ToLowerInvariant()),
        ("failure", usage.Failure?.ToString()));

    private static string Join(params (string Key, string? Value)[] conditions) => string.Join('&', conditions
        .Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => $"{one.Key}={Escaped(one.Value!)}"));

    // Colons and commas may stand in a query (RFC 3986, 3.4), and are easier to read.
    private static string Escaped(string value) => Uri.EscapeDataString(value)
        .Replace("%3A", ":", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal);

    private static string? Moment(DateTimeOffset? moment) =>
        moment?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);
}
