using System.Globalization;

namespace Portal.Jobs.Schedulers;

/// <summary>What the script around a job writes as its last act: <c>CODE START END HOST</c>, times in seconds since 1970.
/// Evidence when the scheduler has forgotten, never a substitute while it still knows.</summary>
/// <param name="ExitCode">Exit code of the step; 128 + signal where a signal ended it.</param>
/// <param name="Started">When it began, by the node's clock.</param>
/// <param name="Ended">When it ended.</param>
/// <param name="Host">The node.</param>
public sealed record EndMarker(int ExitCode, DateTimeOffset Started, DateTimeOffset Ended, string Host)
{
    /// <summary>Reads a marker; null when the text is not a whole one.</summary>
    public static EndMarker? Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length >= 4
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code < 256
            && Time(words[1]) is { } started
            && Time(words[2]) is { } ended
            ? new EndMarker(code, started, ended, words[3])
            : null;
    }

    private static DateTimeOffset? Time(string word) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 100_000_000_000
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
