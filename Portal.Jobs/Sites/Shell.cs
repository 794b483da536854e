namespace Portal.Jobs.Sites;

/// <summary>The one place where a value becomes part of a command line.</summary>
public static class Shell
{
    /// <summary>The value as one word of a POSIX shell (XCU 2.2.2): in single quotes, whatever it holds. NUL cannot be a part of
    /// any argument and is refused.</summary>
    /// <exception cref="ArgumentException">The value holds NUL.</exception>
    public static string Quote(string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A NUL character cannot be passed to a shell.", nameof(value));
        return "'" + value.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }

    /// <summary>Several values as words, each quoted.</summary>
    public static string QuoteAll(params IEnumerable<string> values) => string.Join(' ', values.Select(Quote));
}
