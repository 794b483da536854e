using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Portal.Tests.Fixtures;
using Portal.Web.Composition;

namespace Portal.Tests.Web.Composition;

public sealed class LogTests(RunningPortalFixture fixture)
{
    private const string Hostile = "a\n2026-01-01T00:00:00.000Z crit: forged[0]\r\u001b[2J\u2028\u0085\0b";

    [Fact]
    public void A_line_has_time_level_category_event_and_text_and_no_value_makes_another()
    {
        var line = Written("line", LogLevel.Warning, $"name {Hostile}", null);
        Assert.Matches(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warn Portal\.Tests\[7\] name a\\u000a2026[^\n]*\n\z", line);
        Assert.Equal(1, line.Count(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029'));
        Assert.Contains(@"forged[0]\u000d\u001b[2J\u2028\u0085\u0000b", line, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_follows_on_lines_that_no_entry_looks_like()
    {
        var lines = Written("line", LogLevel.Error, "it failed", new InvalidOperationException(Hostile)).TrimEnd('\n').Split('\n');
        Assert.EndsWith("Z fail Portal.Tests[7] it failed", lines[0], StringComparison.Ordinal);
        Assert.True(lines.Length > 1);
        Assert.All(lines[1..], line => Assert.StartsWith("    ", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain(line, char.IsControl));
    }

    [Fact]
    public void One_setting_makes_it_a_line_of_JSON_with_all_of_it()
    {
        var line = Written("json", LogLevel.Error, $"name {Hostile}", new InvalidOperationException(Hostile));
        Assert.Equal(1, line.Count(letter => letter is '\n' or '\r' or '\u2028'));
        var entry = JsonDocument.Parse(line).RootElement;
        var time = DateTimeOffset.ParseExact(entry.GetProperty("Timestamp").GetString()!, LineFormatter.TimeFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal);
        Assert.Equal(TimeSpan.Zero, time.Offset);
        Assert.Equal(("Error", "Portal.Tests", 7), (entry.GetProperty("LogLevel").GetString(), entry.GetProperty("Category").GetString(),
            entry.GetProperty("EventId").GetInt32()));
        Assert.Equal($"name {Hostile}", entry.GetProperty("Message").GetString());
        Assert.Contains("InvalidOperationException", entry.GetProperty("Exception").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_setting_it_is_lines_and_an_unknown_one_is_refused()
    {
        using (var usual = Services(null))
            Assert.Equal(LineFormatter.FormatterName, usual.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
        using var wrong = Services("xml");
        var fault = Assert.Throws<FormatException>(() => wrong.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value);
        Assert.Contains("'xml' is none of line, json", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_portal_writes_to_its_console_and_to_no_other_place()
    {
        var portal = await fixture.PortalAsync(TestContext.Current.CancellationToken);
        // The tests' own recorder aside.
        var kinds = portal.Services.GetServices<ILoggerProvider>().Select(provider => provider.GetType())
            .Where(kind => kind.Assembly != typeof(LogTests).Assembly).Select(kind => kind.Name).Order();
        // The other two speak to a debugger and to dotnet-trace, where somebody has attached one.
        Assert.Equal(["ConsoleLoggerProvider", "DebugLoggerProvider", "EventSourceLoggerProvider"], kinds);
    }

    private static ServiceProvider Services(string? formatter)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
            formatter is null ? [] : [new("Console:FormatterName", formatter)]).Build();
        return new ServiceCollection().AddLogging(logging => logging.AddConfiguration(settings).AddLines()).BuildServiceProvider();
    }

    private static string Written(string formatter, LogLevel level, string text, Exception? fault)
    {
        using var services = Services(formatter);
        var writer = new StringWriter();
        var name = services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName;
        services.GetServices<ConsoleFormatter>().Single(one => one.Name == name)
            .Write(new LogEntry<string>(level, "Portal.Tests", 7, text, fault, (state, _) => state), null, writer);
        return writer.ToString();
    }
}
