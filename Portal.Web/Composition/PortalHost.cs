using Portal.Web.Accounts.Providers;
using Portal.Web.AuditFiles;
using Portal.Web.Edge;
using Portal.Web.OAuth;
using Portal.Web.Reports;
using Portal.Web.Rest;
using Portal.Web.RunFiles;

namespace Portal.Web.Composition;

/// <summary>The portal's server: pages and APIs in the role of web, the pipeline in the role of worker, usually both.</summary>
public static class PortalHost
{
    /// <summary>Runs until it is told to stop.</summary>
    public static async Task RunAsync(string[] args)
    {
        await using var portal = await StartAsync(args, CancellationToken.None);
        await portal.WaitAsync();
    }

    /// <summary>Starts; what comes back stops when it is disposed of.</summary>
    public static async Task<RunningPortal> StartAsync(string[] args, CancellationToken cancel)
    {
        var builder = Builder(args);
        var settings = Settings(builder);
        var loggers = EarlyLoggers(builder);
        var store = await PortalStore.StartAsync(settings, loggers, cancel);
        try
        {
            builder.Services.AddSingleton(settings);
            builder.Services.AddStore(store).AddDomain().AddJobs(settings, store).AddSeals(settings);
            builder.Services.AddAccounts(settings).AddMail(settings).AddProviders(settings);
            builder.Services.AddPages(settings).AddRest().AddGraphQL(settings.GraphQL);
            builder.Services.AddSingleton(settings.Tokens).AddSingleton(settings.Quotas);
            builder.Services.AddSingleton(new RateLimits(settings.Limits));
            builder.AddTls(settings, loggers);
            builder.AddFormLimits();
            builder.Services.AddWordlessLogs();
            var app = builder.Build();
            app.UseTrustedProxies(settings.Proxies);
            app.UseSecurityHeaders();
            app.UseTls(settings);
            app.UseOwnOrigin(settings.Address);
            app.UseWebSockets();
            app.UseFaultPage();
            app.UseRest();
            app.UsePages(settings);
            app.MapHealth();
            app.MapSealKeys();
            if (settings.HasRole("web"))
            {
                app.MapAccounts();
                app.MapProviders();
                app.MapRest();
                app.MapOAuth();
                app.MapGraphQL(settings);
                var files = app.MapGroup("").WithMetadata(LongAnswer.Mark);
                files.MapRunFiles();
                files.MapReportFiles();
                files.MapAuditFiles();
                files.MapCrates();
                app.MapPages();
            }
            await app.Services.PrepareJobsAsync(cancel);
            await app.StartAsync(cancel);
            app.WarnOfPlainHttp(settings);
            return new RunningPortal(app, store, loggers);
        }
        catch
        {
            await store.DisposeAsync();
            loggers.Dispose();
            throw;
        }
    }

    /// <summary>The configuration, and what is built from it.</summary>
    internal static WebApplicationBuilder Builder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args, ContentRootPath = ContentRoot(), ApplicationName = typeof(PortalHost).Assembly.GetName().Name,
        });
        builder.Logging.AddLines();
        return builder;
    }

    /// <summary>The portal's part of the configuration.</summary>
    internal static PortalSettings Settings(WebApplicationBuilder builder) =>
        builder.Configuration.GetSection("Portal").Get<PortalSettings>() ?? new();

    /// <summary>A log for what runs before the host does.</summary>
    internal static ILoggerFactory EarlyLoggers(WebApplicationBuilder builder) =>
        LoggerFactory.Create(logging => logging.AddConfiguration(builder.Configuration.GetSection("Logging")).AddLines());

    // Static files lie beside the assembly, wherever the portal is started from.
    private static string ContentRoot() =>
        Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"))
            ? AppContext.BaseDirectory
            : Directory.GetCurrentDirectory();
}

/// <summary>A portal that runs.</summary>
public sealed class RunningPortal(WebApplication app, PortalStore store, ILoggerFactory loggers) : IAsyncDisposable
{
    /// <summary>Its addresses.</summary>
    public ICollection<string> Urls => app.Urls;

    /// <summary>What it is made of.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Waits until somebody tells it to stop.</summary>
    public Task WaitAsync() => app.WaitForShutdownAsync();

    /// <summary>Stops: pages first, then the work, the store last.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await store.DisposeAsync();
        loggers.Dispose();
    }
}
