using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Portal.Tests.Fixtures.Leaks;

/// <summary>What one portal logged and answered, as files of a folder: written as it happens, so that a kill loses nothing of it.</summary>
public sealed class Recording(string folder) : IStartupFilter, ILoggerProvider, ILogger
{
    private const int MostOfABody = 256 << 10;

    private readonly FileStream log = Append(folder, "log"), exchanges = Append(folder, "exchanges");

    /// <summary>Where it lies.</summary>
    public string Folder => folder;

    /// <summary>Has a portal that is being built write here.</summary>
    public void Attach(IServiceCollection services) => services
        .AddSingleton(this).AddSingleton<IStartupFilter>(this).AddSingleton<ILoggerProvider>(this)
        .AddLogging(logging => logging.AddFilter<Recording>(null, LogLevel.Debug));

    /// <summary>What was recorded in a folder.</summary>
    public static IEnumerable<Exchange> Exchanges(string folder) =>
        File.Exists(Path.Combine(folder, "exchanges"))
            ? File.ReadLines(Path.Combine(folder, "exchanges")).Select(line => JsonSerializer.Deserialize<Exchange>(line)!)
            : [];

    Action<IApplicationBuilder> IStartupFilter.Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(RecordAsync);
        next(app);
    };

    ILogger ILoggerProvider.CreateLogger(string categoryName) => this;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => pair.Value)) : "";
        Write(log, $"{logLevel} {formatter(state, exception)} {values} {exception}\n");
    }

    /// <summary>Ends it; what comes afterwards is not written.</summary>
    public void Dispose()
    {
        foreach (var file in (FileStream[])[log, exchanges])
            lock (file) file.Dispose();
    }

    private async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(context.Request.Method))
        {
            Keep(context, [], []);
            await next(context);
            return;
        }
        var before = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var (asked, answered) = (new Tee(context.Request.Body, MostOfABody), new Tee(before.Stream, MostOfABody));
        context.Request.Body = asked;
        context.Features.Set<IHttpResponseBodyFeature>(new RecordedBody(before, answered));
        try
        {
            await next(context);
        }
        finally
        {
            context.Features.Set(before);
            Keep(context, asked.Kept, answered.Kept);
        }
    }

    // Scripts and styles are files of the build.
    private void Keep(HttpContext context, byte[] asked, byte[] answered)
    {
        var (request, response) = (context.Request, context.Response);
        var built = response.ContentType is { } type && (type.Contains("javascript", StringComparison.Ordinal)
            || type.StartsWith("text/css", StringComparison.Ordinal) || type.StartsWith("font/", StringComparison.Ordinal));
        Write(exchanges, JsonSerializer.Serialize(new Exchange(
            request.Method, $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}{request.QueryString}", Headers(request.Headers),
            Encoding.UTF8.GetString(asked), response.StatusCode, Headers(response.Headers), built ? "" : Encoding.UTF8.GetString(answered))) + "\n");
    }

    private static KeyValuePair<string, string>[] Headers(IHeaderDictionary headers) =>
        [.. headers.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? "")))];

    private static void Write(FileStream file, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        lock (file)
            if (file.CanWrite) file.Write(bytes);
    }

    private static FileStream Append(string folder, string name) =>
        new(Path.Combine(Directory.CreateDirectory(folder).FullName, name), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
}
