using Microsoft.Extensions.Logging.Console;

namespace Portal.Web.Composition;

/// <summary>Where the log goes: to standard output, as lines of text, or as JSON with <c>Logging:Console:FormatterName=json</c>.</summary>
public static class LogComposition
{
    private static readonly string[] Known =
        [LineFormatter.FormatterName, ConsoleFormatterNames.Json, ConsoleFormatterNames.Simple, ConsoleFormatterNames.Systemd];

    /// <summary>Registers the console and what its lines look like.</summary>
    public static ILoggingBuilder AddLines(this ILoggingBuilder logging)
    {
        logging.AddConsole().AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        logging.Services.PostConfigure<ConsoleLoggerOptions>(options =>
        {
            options.FormatterName ??= LineFormatter.FormatterName;
            if (!Known.Contains(options.FormatterName, StringComparer.OrdinalIgnoreCase))
                throw new FormatException($"Logging:Console:FormatterName: '{options.FormatterName}' is none of {string.Join(", ", Known)}.");
        });
        logging.Services.PostConfigure<JsonConsoleFormatterOptions>(options =>
        {
            options.TimestampFormat ??= LineFormatter.TimeFormat;
            options.UseUtcTimestamp = true;
        });
        return logging;
    }
}
