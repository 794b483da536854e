using Microsoft.Extensions.Options;

namespace Portal.Web.Composition;

/// <summary>Keeps out of every log what the framework writes at its most talkative: each message of an open page, with what is typed and
/// shown there, security tokens and the secrets of links among it. No configuration brings these back.</summary>
public static class WordlessLogs
{
    // What writes messages of pages: the hub below information, and its connections below that.
    private static readonly string[] Talkative = ["Microsoft.AspNetCore.SignalR", "Microsoft.AspNetCore.Http.Connections"];

    /// <summary>For every logger, whatever its levels are.</summary>
    public static IServiceCollection AddWordlessLogs(this IServiceCollection services) =>
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(new PostConfigureOptions<LoggerFilterOptions>(null, Narrow));

    // Of several rules one counts, so that each of them takes the exception in, and so does the one for where there is none.
    private static void Narrow(LoggerFilterOptions options)
    {
        options.Rules.Insert(0, new LoggerFilterRule(null, null, options.MinLevel, null));
        for (var at = 0; at < options.Rules.Count; at++)
        {
            var rule = options.Rules[at];
            options.Rules[at] = new(rule.ProviderName, rule.CategoryName, rule.LogLevel, (provider, category, level) =>
                !(level < LogLevel.Information && Talks(category)) && (rule.Filter?.Invoke(provider, category, level) ?? true));
        }
    }

    private static bool Talks(string? category) =>
        Array.Exists(Talkative, talkative => category?.StartsWith(talkative, StringComparison.OrdinalIgnoreCase) == true);
}
