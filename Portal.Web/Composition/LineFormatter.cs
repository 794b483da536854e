using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Portal.Web.Composition;

/// <summary>The console's lines: time in UTC (RFC 3339), level, category, event id and message on one line. Control characters and line
/// separators are written as <c>\uXXXX</c>, so no value makes a line of its own or speaks to a terminal. An exception follows on
/// lines that are indented, as no entry is.</summary>
public sealed class LineFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    /// <summary>What it is called in <c>Logging:Console:FormatterName</c>.</summary>
    public const string FormatterName = "line";

    /// <summary>How times are written, here and in JSON.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Makes it with the system's clock.</summary>
    public LineFormatter()
        : this(TimeProvider.System)
    {
    }

    /// <inheritdoc/>
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"{clock.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)} {Word(logEntry.LogLevel)} {logEntry.Category}[{logEntry.EventId.Id}] ");
        Append(text, logEntry.Formatter(logEntry.State, logEntry.Exception)).Append('\n');
        if (logEntry.Exception is not null)
            foreach (var line in logEntry.Exception.ToString().Split('\n'))
                Append(text.Append("    "), line.TrimEnd('\r')).Append('\n');
        textWriter.Write(text.ToString());
    }

    private static StringBuilder Append(StringBuilder text, string message)
    {
        foreach (var letter in message)
            if (char.IsControl(letter) || letter is '\u2028' or '\u2029')
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            else
                text.Append(letter);
        return text;
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
